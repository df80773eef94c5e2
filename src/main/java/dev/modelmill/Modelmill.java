package dev.modelmill;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Modelmill. */
@SpringBootApplication
public class Modelmill {

    /** Starts the service. */
    public static void main(String[] arguments) {
        SpringApplication.run(Modelmill.class, arguments);
    }
}
