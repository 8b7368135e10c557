package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Pages of lists: 30 items or {@code per_page}, at most 100, and a Link header that leads on by the repository's id. */
final class Paging {

    private static final int USUAL = 30;
    private static final int MOST = 100;

    private final Shapes shapes;

    Paging(Shapes shapes) {
        this.shapes = shapes;
    }

    Reply page(RecordedRequest request, String path, List<? extends JsonNode> all) {
        return page(request, path, all, items -> items);
    }

    /**
     * A page of a list.
     *
     * @param path below the repository
     * @param body makes the answer of the items of the page
     */
    <T> Reply page(
            RecordedRequest request,
            String path,
            List<T> all,
            Function<T, JsonNode> item,
            Function<ArrayNode, JsonNode> body) {
        int size = Math.min(MOST, number(request, "per_page", USUAL));
        int page = number(request, "page", 1);
        int last = Math.max(1, (all.size() + size - 1) / size);
        int from = (int) Math.min(all.size(), (page - 1L) * size);
        ArrayNode items = Json.array();
        all.subList(from, Math.min(all.size(), from + size)).forEach(one -> items.add(item.apply(one)));
        Reply reply = Reply.json(200, body.apply(items));
        List<String> links = new ArrayList<>();
        if (page > 1) {
            links.add(link(request, path, page - 1, "prev"));
        }
        if (page < last) {
            links.add(link(request, path, page + 1, "next"));
            links.add(link(request, path, last, "last"));
        }
        if (page > 1) {
            links.add(link(request, path, 1, "first"));
        }
        return links.isEmpty() ? reply : reply.with("Link", String.join(", ", links));
    }

    /** The same for a list that is JSON already. */
    Reply page(RecordedRequest request, String path, List<? extends JsonNode> all, Function<ArrayNode, JsonNode> body) {
        return page(request, path, List.<JsonNode>copyOf(all), item -> item, body);
    }

    private static int number(RecordedRequest request, String name, int usual) {
        String text = request.parameter(name);
        return text != null && text.matches("[1-9]\\d{0,6}") ? Integer.parseInt(text) : usual;
    }

    private String link(RecordedRequest request, String path, int page, String relation) {
        Map<String, String> query = new LinkedHashMap<>();
        request.query().forEach((name, values) -> query.put(name, values.get(0)));
        query.put("page", String.valueOf(page));
        List<String> parts = new ArrayList<>();
        query.forEach((name, value) -> parts.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return "<" + shapes.base() + "/repositories/" + Shapes.REPOSITORY_ID + path + "?" + String.join("&", parts)
                + ">; rel=\"" + relation + "\"";
    }
}
