package io.atmosfera.integration.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** JSON Merge Patch (RFC 7396) of objects, which Jackson does not have. */
final class MergePatch {

    private MergePatch() {}

    /** What the patch makes of a document: a null removes a member, an object is merged, anything else replaces. */
    static ObjectNode apply(JsonNode document, JsonNode patch) {
        ObjectNode result =
                document instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        for (var member : patch.properties()) {
            JsonNode value = member.getValue();
            if (value.isNull()) {
                result.remove(member.getKey());
            } else if (value.isObject()) {
                result.set(member.getKey(), apply(result.path(member.getKey()), value));
            } else {
                result.set(member.getKey(), value);
            }
        }
        return result;
    }
}
