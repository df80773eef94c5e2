package dev.modelmill.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs one job in this process, without a server, in a data folder of its own. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs a model over a file, here and now. The same command after a crash goes on.",
        footer = {
            "",
            "Exit codes: 0 completed, 1 failed, 2 wrong usage or a refused job,",
            "3 completed with errors, 130 interrupted."
        })
final class RunCommand implements Callable<Integer> {

    /** As in application.yml. */
    private static final String DATABASE =
            "jdbc:h2:async:${modelmill.data-folder}/modelmill;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";

    private final Class<?> application;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final RunOptions options = new RunOptions();

    RunCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() throws IOException {
        check();
        ModelArgument model = ModelArgument.parse(options.model);
        try (RunFolder folder = RunFolder.open(dataDir().resolve("run"), identity(model))) {
            boolean done = false;
            try {
                int code = run(model, folder);
                done = code == ExitCodes.COMPLETED || code == ExitCodes.COMPLETED_WITH_ERRORS;
                return code;
            } catch (CommandFailedException e) {
                done = e.exitCode() == ExitCodes.USAGE;
                throw e;
            } finally {
                if (done || options.readsStandardInput()) {
                    folder.remove();
                }
            }
        }
    }

    private void check() {
        String fault = options.fault();
        if (fault != null) {
            throw new ParameterException(spec.commandLine(), fault);
        }
        if (!options.readsStandardInput() && !Files.isReadable(Path.of(options.input))) {
            throw new CommandFailedException(
                    ExitCodes.USAGE, "there is no file \"" + options.input + "\" that can be read");
        }
    }

    private int run(ModelArgument model, RunFolder folder) throws IOException {
        Interruption interruption = new Interruption();
        interruption.listen();
        try (ConfigurableApplicationContext context = start(settings(model, folder))) {
            return new RunSession(context, options, model.name(), interruption, Terminal.ofThisProcess()).run();
        }
    }

    private ConfigurableApplicationContext start(List<String> settings) {
        try {
            return new SpringApplicationBuilder(application)
                    .web(WebApplicationType.NONE)
                    .logStartupInfo(false)
                    .run(settings.toArray(String[]::new));
        } catch (RuntimeException e) {
            throw CommandFailedException.notStarted();
        }
    }

    private List<String> settings(ModelArgument model, RunFolder folder) throws IOException {
        List<String> settings = new ArrayList<>();
        settings.add("--modelmill.data-dir=" + folder.path());
        // its own, whatever is configured around it for a service
        settings.add("--spring.datasource.url=" + DATABASE);
        settings.add("--spring.datasource.username=sa");
        settings.add("--spring.datasource.password=");
        settings.add("--modelmill.input-roots[0]=" + folderOf(options.input, folder));
        settings.add("--modelmill.output-roots[0]=" + folderOf(options.output, folder));
        settings.add("--logging.config=classpath:logback-run.xml");
        if (model.source() != null) {
            settings.add("--modelmill.models-dir=" + folder.repositoryOf(model, model.source()));
        }
        return settings;
    }

    /** The real folder of a file, for a link in the input is followed before it is compared with the roots. */
    private static Path folderOf(@Nullable String file, RunFolder folder) throws IOException {
        if (file == null || file.equals("-")) {
            return folder.path();
        }
        Path path = Path.of(file).toAbsolutePath().normalize();
        return Objects.requireNonNull((Files.exists(path) ? path.toRealPath() : path).getParent());
    }

    private List<String> identity(ModelArgument model) {
        List<String> identity = new ArrayList<>(List.of(String.valueOf(model.source()), model.name()));
        identity.add(options.readsStandardInput() ? UUID.randomUUID().toString() : absolute(options.input));
        identity.add(options.output == null ? "-" : absolute(options.output));
        identity.add(options.batchSize + " " + options.maxErrors + " " + options.format + " " + options.include);
        return identity;
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    private static Path dataDir() {
        String set = System.getenv("MODELMILL_DATA_DIR");
        return Path.of(set == null || set.isBlank() ? "data" : set);
    }
}
