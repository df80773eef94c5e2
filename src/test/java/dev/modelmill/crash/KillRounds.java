package dev.modelmill.crash;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Kills the service again and again at random moments of starting, submitting, running, ending, cancelling and deleting,
 * and checks after each that all which was promised is there. The same seed makes the same choices; the moments depend on
 * the machine. A job that is not begun is killed twice at most, since a third time would be a crash loop. Used by one
 * thread.
 */
final class KillRounds implements AutoCloseable {

    private static final int KILLS_A_FOLDER = 13;
    private static final Duration DEAD = Duration.ofSeconds(60);

    private final Random random;
    private final KillReport report = new KillReport();
    private final ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    private final Activity activity = new Activity();
    private @Nullable Site site;
    private @Nullable Ledger ledger;
    private boolean killedInStart;
    private long startMillis = 5_000;

    KillRounds(long seed) {
        random = new Random(seed);
    }

    /** Kills so often, and checks after the last. */
    KillReport run(int kills) {
        for (int kill = 0; kill < kills; kill++) {
            if (kill % KILLS_A_FOLDER == 0) {
                leaveFolder();
                System.out.println(kill + " kills, faults: " + report.faults());
                site = Site.create();
                ledger = new Ledger(site);
                killedInStart = false;
            }
            round(Moment.any(random, kill % KILLS_A_FOLDER == 0 || killedInStart));
        }
        leaveFolder();
        return report;
    }

    private Site site() {
        if (site == null) {
            throw new IllegalStateException("no folder");
        }
        return site;
    }

    private Ledger ledger() {
        if (ledger == null) {
            throw new IllegalStateException("no ledger");
        }
        return ledger;
    }

    private void leaveFolder() {
        if (site == null) {
            return;
        }
        try (Site left = site;
                ServiceProcess last = left.start().ready()) {
            Faults faults = ledger().check(last.api());
            last.terminate();
            report.add(ledger().jobs(), faults);
        }
        site = null;
    }

    private void round(Moment moment) {
        activity.now("starting");
        long begun = System.nanoTime();
        ServiceProcess service = site().start();
        if (moment == Moment.START) {
            killIn(service, startMillis * 5 / 4);
            service.awaitReady();
            activity.now("recovering");
            killedInStart = true;
        } else {
            service.ready();
            startMillis =
                    Math.max(1_000, Duration.ofNanos(System.nanoTime() - begun).toMillis());
            ledger().check(service.api());
            killedInStart = false;
            try {
                act(moment, service);
            } catch (Api.NoAnswerException died) {
                activity.noAnswer();
            }
        }
        service.awaitExit(DEAD);
        report.killed(activity.atTheKill());
    }

    private void killIn(ServiceProcess service, long atMostMillis) {
        killer.schedule(
                () -> {
                    activity.kill();
                    service.kill9();
                },
                random.nextLong(atMostMillis + 1),
                TimeUnit.MILLISECONDS);
    }

    private void act(Moment moment, ServiceProcess service) {
        Api api = service.api();
        switch (moment) {
            case START -> throw new IllegalArgumentException("nothing is done then");
            case SUBMIT -> submitting(api, service);
            case RUN -> {
                sendAll(api, List.of(JobKind.PATH, JobKind.UPLOAD, JobKind.INLINE));
                killIn(service, 3_000);
                watch(api, service);
            }
            case END -> ending(api, service);
            case CANCEL -> cancelling(api, service);
            case DELETE -> deleting(api, service);
        }
    }

    private void sendAll(Api api, List<JobKind> kinds) {
        for (JobKind kind : kinds) {
            activity.now("submitting " + kind);
            ledger().send(api, kind);
        }
        activity.now("queued");
    }

    private void submitting(Api api, ServiceProcess service) {
        List<JobKind> kinds = List.of(JobKind.UPLOAD, JobKind.INLINE, JobKind.PATH);
        killIn(service, 600);
        for (int i = 0; i < 6 && service.alive(); i++) {
            sendAll(api, List.of(kinds.get(random.nextInt(kinds.size()))));
        }
        watch(api, service);
    }

    private void ending(Api api, ServiceProcess service) {
        Promise path = ledger().send(api, JobKind.PATH);
        Awaitility.await("the end draws near")
                .atMost(DEAD)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> api.job(path.id()).get("progress").get("percent").asDouble() > 80);
        killIn(service, 400);
        watch(api, service);
    }

    private void cancelling(Api api, ServiceProcess service) {
        Promise promise = ledger().send(api, JobKind.LONG);
        ledger().send(api, JobKind.INLINE);
        if (random.nextBoolean()) {
            FailpointSession.awaitSomeDone(api, promise.id());
        }
        activity.now("cancelling");
        killIn(service, 150);
        ledger().cancel(api, promise);
        watch(api, service);
    }

    private void deleting(Api api, ServiceProcess service) {
        Promise promise = ledger().send(api, random.nextBoolean() ? JobKind.INLINE : JobKind.UPLOAD);
        Ledger.awaitEnd(api, promise.id());
        activity.now("deleting");
        killIn(service, 80);
        ledger().delete(api, promise);
        activity.now("deleted");
        watch(api, service);
    }

    /** Looks at the jobs until the service is dead, so that the report can say what they did. */
    private void watch(Api api, ServiceProcess service) {
        Awaitility.await("the kill")
                .atMost(DEAD)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    for (Promise promise : ledger().open()) {
                        if (promise.fate() != Promise.Fate.DELETED) {
                            activity.saw(api.job(promise.id()));
                            promise.logs(api.logs(promise.id()));
                        }
                    }
                    return !service.alive();
                });
    }

    @Override
    public void close() {
        killer.shutdown();
        if (site != null) {
            site.close();
        }
    }

    /** When the service is to be killed. */
    private enum Moment {
        START,
        SUBMIT,
        RUN,
        END,
        CANCEL,
        DELETE;

        private static final List<Moment> SHARES = List.of(
                START, START, SUBMIT, SUBMIT, SUBMIT, RUN, RUN, RUN, RUN, END, END, CANCEL, CANCEL, DELETE, DELETE);

        static Moment any(Random random, boolean notInStart) {
            Moment any = SHARES.get(random.nextInt(SHARES.size()));
            return any == START && notInStart ? RUN : any;
        }
    }
}
