package dev.modelmill.bench;

import java.io.IOException;

/** One thing that is measured, from its start to its rows in the table. */
@FunctionalInterface
interface Scenario {

    void measure(Workbench bench, Table table) throws IOException;
}
