package dev.modelmill.model.repository;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the models are.
 *
 * @param modelsDir the folder with one folder a model; it need not exist
 */
@Validated
@ConfigurationProperties("modelmill")
record ModelProperties(@NotNull @DefaultValue("models") Path modelsDir) {}
