package dev.modelmill.execution;

import dev.modelmill.job.owner.PostgresServer;
import java.util.List;

/** Whole jobs once more, with PostgreSQL in place of H2. */
class JobPostgresIntegrationTests extends JobIntegrationTests {

    @Override
    List<String> database() {
        return List.of("--spring.datasource.url=" + PostgresServer.newDatabase());
    }
}
