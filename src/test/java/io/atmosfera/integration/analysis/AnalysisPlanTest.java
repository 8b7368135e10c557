package io.atmosfera.integration.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.PlatformTest;
import io.atmosfera.integration.database.SqlFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A repository that has just come in is no row or two, whatever the planner believes. */
class AnalysisPlanTest extends PlatformTest {

    private static final Map<String, Object> OF = Map.of("projectId", -1L, "repositoryId", -1L, "deep", true);

    @Autowired
    private PlatformTransactionManager transactions;

    @Test
    void filesAndWhatChangedThemAreNotLookedThroughForEachOther() {
        String files = "EXPLAIN " + SqlFile.read("github/analysis-files");
        assertThat(plan(files)).as("without the setting").contains("Nested Loop");

        String plan = new TransactionTemplate(transactions).execute(status -> {
            jdbc.sql(withParameters("github/analysis-lock")).params(OF).query().listOfRows();
            return plan(files);
        });

        assertThat(plan).doesNotContain("Nested Loop");
        assertThat(plan(files)).as("afterwards").contains("Nested Loop");
    }

    private String plan(String explain) {
        List<String> lines = jdbc.sql(explain).params(OF).query(String.class).list();
        return String.join("\n", lines);
    }

    private static String withParameters(String file) {
        return SqlFile.read(file).replaceAll(":#\\$\\{variable\\.(\\w+)}", ":$1");
    }
}
