package io.atmosfera.integration.webhook;

import io.atmosfera.integration.http.DoorKeeper;
import io.atmosfera.integration.http.ReceivedBody;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** A delivery on its way in: its body is hashed with each secret that may have signed it, as its bytes come. */
public final class SignatureCheck implements DoorKeeper.Visitor {

    private final String source;
    private final @Nullable Long projectId;
    private final byte[] digest;
    private final List<Candidate> candidates = new ArrayList<>();

    private record Candidate(Sender sender, LiveSecret secret, Mac mac) {}

    SignatureCheck(String source, @Nullable Long projectId, byte[] digest, List<Sender> senders) {
        this.source = source;
        this.projectId = projectId;
        this.digest = digest;
        Instant now = Instant.now();
        for (Sender sender : senders) {
            for (LiveSecret secret : sender.secrets()) {
                if (secret.isValid(now)) {
                    candidates.add(new Candidate(sender, secret, WebhookSignature.mac(secret.key())));
                }
            }
        }
    }

    /** The same question, asked of other senders about a body that is there. */
    SignatureCheck again(List<Sender> senders, ReceivedBody body) {
        SignatureCheck check = new SignatureCheck(source, projectId, digest, senders);
        body.forEach(check::brings);
        return check;
    }

    @Override
    public void brings(ByteBuffer bytes) {
        candidates.forEach(candidate -> candidate.mac().update(bytes.duplicate()));
    }

    /** Whose signature it is; asked once, when all of the body was seen. */
    List<Verified.Match> matches() {
        List<Verified.Match> matches = new ArrayList<>();
        // All of them, whether one has held or not: a right guess must not take another time than a wrong one.
        for (Candidate candidate : candidates) {
            if (WebhookSignature.isEqual(digest, candidate.mac().doFinal())) {
                matches.add(new Verified.Match(candidate.sender(), candidate.secret()));
            }
        }
        return matches;
    }

    String source() {
        return source;
    }

    @Nullable
    Long projectId() {
        return projectId;
    }

    byte[] digest() {
        return digest;
    }
}
