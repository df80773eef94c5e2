package dev.modelmill.execution;

import dev.modelmill.job.owner.PostgresServer;
import java.util.List;

/** The samples once more, with PostgreSQL in place of H2. */
class SamplesPostgresIntegrationTests extends SamplesIntegrationTests {

    @Override
    List<String> database() {
        return List.of("--spring.datasource.url=" + PostgresServer.newDatabase());
    }
}
