package dev.modelmill.crash;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The harness without a test runner, for more kills than a test run has: {@code bench/crash}. */
final class CrashBench {

    private static final PrintStream OUT = System.out;

    private CrashBench() {}

    /** Takes {@code kills} or {@code terms}, and how many. Exits with 1 where something is lost, twice or different. */
    public static void main(String[] arguments) {
        int times = Integer.parseInt(arguments[1]);
        boolean clean = arguments[0].equals("terms")
                ? terms(times, seed()).isEmpty()
                : kills(times, seed()).faults().isEmpty();
        System.exit(clean ? 0 : 1);
    }

    /** The seed that the property {@code crash.seed} gives, or a new one. */
    static long seed() {
        return Long.getLong("crash.seed", new Random().nextInt(Integer.MAX_VALUE));
    }

    /** Kills so often and prints what came of it. */
    static KillReport kills(int kills, long seed) {
        OUT.printf("%d kills, -Dcrash.seed=%d, %s%n", kills, seed, System.getProperty("crash.database", "h2"));
        try (KillRounds rounds = new KillRounds(seed)) {
            KillReport report = rounds.run(kills);
            OUT.print(report);
            return report;
        }
    }

    /** Ends the service in the middle of jobs by SIGTERM so often; what was broken by it. */
    static List<String> terms(int terms, long seed) {
        OUT.printf("%d times SIGTERM, -Dcrash.seed=%d%n", terms, seed);
        Random random = new Random(seed);
        Duration longest = Duration.ZERO;
        try (Site site = Site.create()) {
            Ledger ledger = new Ledger(site);
            for (int i = 0; i < terms; i++) {
                try (ServiceProcess service = site.start().ready()) {
                    ledger.check(service.api());
                    ledger.send(service.api(), JobKind.UPLOAD);
                    Promise path = ledger.send(service.api(), JobKind.PATH);
                    if (random.nextBoolean()) {
                        FailpointSession.awaitSomeDone(service.api(), path.id());
                    }
                    path.logs(service.api().logs(path.id()));
                    Duration took = service.terminate();
                    longest = took.compareTo(longest) > 0 ? took : longest;
                }
            }
            try (ServiceProcess service = site.start().ready()) {
                List<String> faults = ledger.check(service.api()).all();
                OUT.printf("SIGTERM %d, jobs %d, longest stop %s%n", terms, ledger.jobs(), longest);
                faults.forEach(OUT::println);
                return faults;
            }
        }
    }
}
