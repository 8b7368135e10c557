package io.atmosfera.integration.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StorableTextTest {

    @Test
    void whatIsShortEnoughStays() {
        assertThat(StorableText.cutApart("ä".repeat(20), 40)).isEqualTo("ä".repeat(20));
        assertThat(StorableText.cut("ä".repeat(20), 40)).isEqualTo("ä".repeat(20));
    }

    @Test
    void whatIsCutEndsWithAMarkInTheMiddleOfNoLetter() {
        for (int most = 41; most < 48; most++) {
            String cut = StorableText.cut("ä".repeat(100), most);
            String apart = StorableText.cutApart("ä".repeat(100), most);

            assertThat(cut).matches("ä+…");
            assertThat(apart).matches("ä+…[0-9a-f]{12}");
            assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isBetween(most - 1, most);
            assertThat(apart.getBytes(StandardCharsets.UTF_8).length).isBetween(most - 1, most);
        }
    }

    @Test
    void textsThatBeginAlikeStayApart() {
        assertThat(StorableText.cutApart("a".repeat(100) + "b", 50))
                .isNotEqualTo(StorableText.cutApart("a".repeat(100) + "c", 50));
    }
}
