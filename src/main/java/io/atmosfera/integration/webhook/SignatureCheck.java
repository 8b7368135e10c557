package io.atmosfera.integration.webhook;

import io.atmosfera.integration.http.DoorKeeper;
import io.atmosfera.integration.http.ReceivedBody;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A delivery on its way in: its body is hashed with each secret that may have signed it, as its bytes come. */
public final class SignatureCheck implements DoorKeeper.Visitor {

    private final String source;
    private final @Nullable Long projectId;
    private final byte[] digest;
    private final List<Verified.Match> candidates = new ArrayList<>();

    /** One for a secret, however many senders have it. */
    private final Map<SecretKeySpec, Mac> hashes = new LinkedHashMap<>();

    SignatureCheck(String source, @Nullable Long projectId, byte[] digest, List<Sender> senders) {
        this.source = source;
        this.projectId = projectId;
        this.digest = digest;
        Instant now = Instant.now();
        for (Sender sender : senders) {
            for (LiveSecret secret : sender.secrets()) {
                if (secret.isValid(now)) {
                    candidates.add(new Verified.Match(sender, secret));
                    hashes.computeIfAbsent(secret.key(), WebhookSignature::mac);
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
        hashes.values().forEach(mac -> mac.update(bytes.duplicate()));
    }

    /** Whose signature it is; asked once, when all of the body was seen. */
    List<Verified.Match> matches() {
        Set<SecretKeySpec> signed = new HashSet<>();
        // All of them, whether one has held or not: a right guess must not take another time than a wrong one.
        hashes.forEach((key, mac) -> {
            if (WebhookSignature.isEqual(digest, mac.doFinal())) {
                signed.add(key);
            }
        });
        return candidates.stream()
                .filter(candidate -> signed.contains(candidate.secret().key()))
                .toList();
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
