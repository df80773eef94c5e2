package dev.modelmill;

import dev.modelmill.cli.Cli;
import java.util.TimeZone;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Modelmill: the service, or what the command line asks for. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Modelmill {

    /** Obeys the arguments; a service that was started goes on after this returns. */
    public static void main(String[] arguments) {
        // Spring Batch picks the last execution of a job by local wall-clock time, which jumps back in autumn
        // elsewhere.
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        int code = Cli.run(Modelmill.class, arguments);
        if (code != Cli.GOES_ON) {
            System.exit(code);
        }
    }
}
