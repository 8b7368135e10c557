package io.atmosfera.integration.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;

/**
 * The bytes of a body as they came, in parts that grow with it: a buffer that doubles would hold it twice, and one of the
 * length that was promised would hold bytes that never come. What it holds is taken from the {@link BodyBudget}.
 */
public final class ReceivedBody implements AutoCloseable {

    private static final int FIRST_PART = 16 * 1024;
    private static final int LARGEST_PART = 1024 * 1024;

    private final List<byte[]> parts = new ArrayList<>();
    private final BodyBudget.Share share;
    private final long declared;
    private int used;
    private long length;

    /**
     * Makes an empty one.
     *
     * @param declared how long it says it will be, in bytes; negative where it does not
     */
    public ReceivedBody(BodyBudget.Share share, long declared) {
        this.share = share;
        this.declared = declared;
    }

    /** How many bytes have come. */
    public long length() {
        return length;
    }

    /** Keeps what is in the buffer; false where the budget does not allow it. */
    public boolean add(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte[] last = parts.isEmpty() ? new byte[0] : parts.get(parts.size() - 1);
            if (used == last.length) {
                int size = next(bytes.remaining());
                if (!share.take(size)) {
                    return false;
                }
                last = new byte[size];
                parts.add(last);
                used = 0;
            }
            int some = Math.min(bytes.remaining(), last.length - used);
            bytes.get(last, used, some);
            used += some;
            length += some;
        }
        return true;
    }

    private int next(int arrived) {
        long size = Math.min(LARGEST_PART, Math.max(length, FIRST_PART));
        // No more than what is still to come, so that a small body is one part without a byte left over.
        return (int) (declared > length ? Math.min(size, declared - length) : Math.max(arrived, size / 2));
    }

    /** Hands out the parts, one after the other. */
    public void forEach(Consumer<ByteBuffer> reader) {
        for (int i = 0; i < parts.size(); i++) {
            reader.accept(ByteBuffer.wrap(parts.get(i), 0, filled(i)));
        }
    }

    private int filled(int part) {
        return part == parts.size() - 1 ? used : parts.get(part).length;
    }

    /** Whether its bytes are UTF-8. */
    public boolean isUtf8() {
        char[] some = new char[FIRST_PART / 2];
        try (var reader = new InputStreamReader(stream(), StandardCharsets.UTF_8.newDecoder())) {
            while (reader.read(some) >= 0) {
                // Only whether it can be read.
            }
            return true;
        } catch (IOException malformed) {
            return false;
        }
    }

    /** Its bytes from the beginning. */
    public InputStream stream() {
        return new InputStream() {
            private int part;
            private int at;

            private boolean ended() {
                while (part < parts.size() && at == filled(part)) {
                    part++;
                    at = 0;
                }
                return part >= parts.size();
            }

            @Override
            public int read() {
                return ended() ? -1 : parts.get(part)[at++] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int wanted) {
                if (wanted == 0) {
                    return 0;
                }
                if (ended()) {
                    return -1;
                }
                int some = Math.min(wanted, filled(part) - at);
                System.arraycopy(parts.get(part), at, target, offset, some);
                at += some;
                return some;
            }

            @Override
            public int available() {
                return ended() ? 0 : filled(part) - at;
            }
        };
    }

    /**
     * Its bytes in one piece. The parts go as they are copied; a body of one part is not copied at all.
     *
     * @throws ProblemException 503 where the budget does not allow it
     */
    public byte[] whole() {
        if (parts.isEmpty()) {
            return new byte[0];
        }
        if (parts.size() > 1 || used < parts.get(0).length) {
            if (!share.take(length)) {
                throw new ProblemException(tooMuch());
            }
            byte[] whole = new byte[Math.toIntExact(length)];
            int at = 0;
            for (int i = 0; i < parts.size(); i++) {
                int some = filled(i);
                System.arraycopy(parts.get(i), 0, whole, at, some);
                at += some;
                share.give(parts.set(i, new byte[0]).length);
            }
            parts.clear();
            parts.add(whole);
            used = whole.length;
        }
        return parts.get(0);
    }

    /** Gives its part of the budget back; it holds nothing any more. */
    @Override
    public void close() {
        share.close();
    }

    /** What a sender gets whose body is more than can be held at the moment. */
    public static Problem tooMuch() {
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "More is being sent than can be held at the moment. Send it again later.")
                .retryAfter(BodyBudget.RETRY_SECONDS);
    }
}
