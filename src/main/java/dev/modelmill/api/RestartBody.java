package dev.modelmill.api;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /jobs/{id}/restart} as OpenAPI shows it; never made, for bodies are read as streams. */
@Schema(description = "What a restart changes; null gives a field its default again")
record RestartBody(
        @Schema(
                types = {"string", "integer"},
                example = "1%",
                description = "A count or a percentage")
        @Nullable
        String maxErrors,

        @Schema(minimum = "1", description = "Most workers at a time") @Nullable
        Integer workers,

        @Schema(minimum = "0", maximum = "9") @Nullable Integer priority) {}
