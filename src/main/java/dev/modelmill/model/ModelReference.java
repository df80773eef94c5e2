package dev.modelmill.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a user names a model: {@code digits} for its default version or {@code digits:2} for one.
 *
 * @param name the model's name
 * @param version the version; null: the default one, the highest
 */
public record ModelReference(String name, @Nullable String version) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * Reads {@code name} or {@code name:version}.
     *
     * @throws IllegalArgumentException if it is neither, saying so
     */
    public static ModelReference parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String version = colon < 0 ? null : text.substring(colon + 1);
        if (!isName(name) || (version != null && !version.matches("[1-9][0-9]{0,17}"))) {
            throw new IllegalArgumentException("\"" + text + "\" names no model: write NAME or NAME:VERSION");
        }
        return new ModelReference(name, version);
    }

    /** Whether a model may have this name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public String toString() {
        return version == null ? name : name + ":" + version;
    }
}
