package io.atmosfera.integration.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.PlatformTest;
import io.atmosfera.integration.bench.RequestFuzz;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** A sample of what {@code bench/fuzz} sends by the ten thousand, another one each time. */
class FuzzTest extends PlatformTest {

    private static final int REQUESTS = 300;

    @Test
    void malformedRequestsAreNoErrorOfOursAndLearnNothing(TestReporter reporter) throws IOException {
        long seed = new Random().nextInt(1_000_000);
        reporter.publishEntry("seed", "bench/fuzz " + REQUESTS + " " + seed);
        long project = post("/api/projects", ADMIN, "{\"name\": \"Fuzz\", \"key\": \"FUZZ\"}")
                .json()
                .path("id")
                .asLong();
        RequestFuzz fuzz = new RequestFuzz(port, ADMIN, project, seed);

        fuzz.send(REQUESTS);

        assertThat(fuzz.faults()).as("bench/fuzz %d %d", REQUESTS, seed).isEmpty();
        assertThat(fuzz.statuses()).as(fuzz.statuses().toString()).containsKeys(400, 401);
    }
}
