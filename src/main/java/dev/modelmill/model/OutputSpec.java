package dev.modelmill.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One output of a model that results keep.
 *
 * @param name the output's name in the model
 * @param resultName the name in the results, other than {@code name} where {@code model.yml} renames it
 * @param type the public name of the type: {@code float32}, or {@code sequence(map(string,float32))}
 * @param elementType the type of its values where it is a tensor, else null
 * @param shape the shape as the model declares it, batch axis included, -1 for a dynamic axis; null for maps, sequences
 *     and where the model declares none
 */
public record OutputSpec(
        String name,
        String resultName,
        String type,
        @Nullable ElementType elementType,
        @Nullable List<Long> shape) {}
