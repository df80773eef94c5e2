package dev.modelmill.job.owner;

import java.time.Clock;

/** Another process that has a database file open, until its standard input ends. */
final class H2Holder {

    private H2Holder() {}

    public static void main(String[] arguments) throws Exception {
        DatabaseAddress address = new DatabaseAddress(arguments[0], "sa", "");
        try (H2Database database = new H2Database(address, Clock.systemUTC())) {
            System.out.println(database.attempt());
            while (System.in.read() >= 0) {}
        }
    }
}
