package io.atmosfera.integration.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A client that reads only when it is told to, with little room for what waits, and answers no ping. */
final class LazySocket implements AutoCloseable {

    private static final int PATIENCE_MS = 30_000;
    private static final int ROOM = 8192;
    private static final int TEXT = 0x81;
    private static final int TWO_BYTES_OF_LENGTH = 126;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket = new Socket();
    private final DataInputStream in;

    LazySocket(int port, String query, String token) throws IOException {
        // Before it connects: the window that is told then is never wider.
        socket.setReceiveBufferSize(ROOM);
        socket.setSoTimeout(PATIENCE_MS);
        socket.connect(new InetSocketAddress("localhost", port));
        String request =
                """
                GET /ws/updates%s HTTP/1.1
                Host: localhost:%d
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Authorization: Bearer %s

                """
                        .formatted(query, port, token)
                        .replace("\n", "\r\n");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        in = new DataInputStream(socket.getInputStream());
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.readUnsignedByte());
        }
        if (!answer.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(answer.toString());
        }
    }

    /** Reads until a message is like this, and gives all until then. */
    List<JsonNode> readUntil(Predicate<JsonNode> like) throws IOException {
        List<JsonNode> read = new ArrayList<>();
        do {
            read.add(read());
        } while (!like.test(read.get(read.size() - 1)));
        return read;
    }

    private JsonNode read() throws IOException {
        while (true) {
            int kind = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            byte[] payload = new byte[length == TWO_BYTES_OF_LENGTH ? in.readUnsignedShort() : length];
            in.readFully(payload);
            if (kind == TEXT) {
                return JSON.readTree(payload);
            }
        }
    }

    /** Reads what is left until the platform ends the connection. */
    void readToItsEnd() throws IOException {
        byte[] buffer = new byte[ROOM];
        while (in.read(buffer) >= 0) {
            // Only the end is of interest.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
