package dev.modelmill.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command line as a whole: finds the command, runs it and gives its exit code. */
@Command(
        name = "modelmill",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        synopsisSubcommandLabel = "[serve | run]",
        description = "Runs a heavy model over a large set of tasks on a small number of reusable workers.",
        footer = {"", "Without a command it serves. `modelmill run --help` tells how to run one job without a server."})
public final class Cli {

    /** What {@link #run} gives where the process is to go on: it serves. */
    public static final int GOES_ON = -1;

    private Cli() {}

    /**
     * Obeys the arguments. Blocks until a {@code run} has ended; returns at once when the service has started.
     *
     * @param application the class that Spring Boot starts from
     * @return the exit code, or {@link #GOES_ON}
     */
    public static int run(Class<?> application, String... arguments) {
        return commandLine(application).execute(withCommand(arguments));
    }

    static CommandLine commandLine(Class<?> application) {
        CommandLine commandLine = new CommandLine(new Cli());
        commandLine.addSubcommand(new ServeCommand(application));
        commandLine.addSubcommand(new RunCommand(application));
        commandLine.setExecutionExceptionHandler(Cli::report);
        return commandLine;
    }

    /** {@code serve} is what is meant where there is no command, only settings or nothing. */
    static String[] withCommand(String... arguments) {
        boolean serves = arguments.length == 0 || (arguments[0].startsWith("--") && arguments[0].contains("="));
        if (!serves) {
            return arguments;
        }
        List<String> all = new ArrayList<>(List.of("serve"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }

    private static int report(Exception problem, CommandLine command, ParseResult parsed) {
        if (problem instanceof CommandFailedException failure) {
            command.getErr().println("modelmill: " + failure.getMessage());
            return failure.exitCode();
        }
        command.getErr().println("modelmill: stopped by an error: " + problem.getMessage());
        return ExitCodes.FAILED;
    }
}
