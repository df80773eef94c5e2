package dev.modelmill;

import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts Modelmill. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Modelmill {

    /** Starts the service. */
    public static void main(String[] arguments) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        SpringApplication.run(Modelmill.class, arguments);
    }
}
