package dev.modelmill.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.ExitCodeEvent;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationListener;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Starts the service. A SIGTERM afterwards is an orderly end: the process exits with 0. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Starts the service; its API listens on 127.0.0.1:8080.",
        footer = {"", "Every setting of application.yml can be given as --NAME=VALUE: --server.port=9000"})
final class ServeCommand implements Callable<Integer> {

    private final Class<?> application;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Unmatched
    private List<String> settings = new ArrayList<>();

    ServeCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        for (String setting : settings) {
            if (!setting.matches("--[A-Za-z][^=]*(=.*)?")) {
                throw new ParameterException(
                        command, "\"" + setting + "\" is no setting: write --NAME=VALUE, as in --server.port=9000");
            }
        }
        start();
        Signals.on("TERM", () -> System.exit(0));
        return Cli.GOES_ON;
    }

    private void start() {
        try {
            SpringApplication service = new SpringApplication(application);
            service.addListeners((ApplicationListener<ExitCodeEvent>) ServeCommand::exit);
            service.run(settings.toArray(String[]::new));
        } catch (RuntimeException e) {
            throw CommandFailedException.notStarted();
        }
    }

    /** The service ends by itself and says how; on a thread of its own, since the exit waits for that end. */
    private static void exit(ExitCodeEvent event) {
        new Thread(() -> System.exit(event.getExitCode()), "exit").start();
    }
}
