package dev.modelmill.model.repository;

import dev.modelmill.model.ModelException;
import dev.modelmill.model.ModelFiles;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a {@code model.yml}, read as one type or refused with file, line, key and what was expected. Works on the
 * document's nodes, so nothing in it is ever instantiated.
 *
 * @param key the key that it belongs to, dotted; empty for the document itself
 * @param node the value
 */
record YamlValue(String key, Node node) {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Pattern DURATION = Pattern.compile("[0-9]{1,9}(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,9}(B|KB|MB|GB|TB)");
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int MAX_SHOWN = 40;

    /** Text; a number or a truth value must be put in quotes. */
    String text() {
        if (node instanceof ScalarNode scalar && Tag.STR.equals(node.getTag())) {
            return scalar.getValue();
        }
        throw expected(isNumberLike() ? "text, which needs quotes here," : "text");
    }

    /** A name or literal: whatever was written, but for nothing at all. */
    String literal() {
        if (node instanceof ScalarNode scalar && !Tag.NULL.equals(node.getTag())) {
            return scalar.getValue();
        }
        throw expected("a name or value");
    }

    private boolean isNumberLike() {
        return node instanceof ScalarNode && !Tag.NULL.equals(node.getTag());
    }

    long whole(long min, long max) {
        String expected =
                "a whole number " + (max == Long.MAX_VALUE ? "of at least " + min : "from " + min + " to " + max);
        if (node instanceof ScalarNode scalar
                && Tag.INT.equals(node.getTag())
                && WHOLE.matcher(scalar.getValue()).matches()) {
            long value = Long.parseLong(scalar.getValue());
            if (min <= value && value <= max) {
                return value;
            }
        }
        throw expected(expected);
    }

    String oneOf(String... words) {
        if (node instanceof ScalarNode scalar && List.of(words).contains(scalar.getValue())) {
            return scalar.getValue();
        }
        throw expected(String.join(" or ", words));
    }

    Duration duration() {
        if (node instanceof ScalarNode scalar
                && DURATION.matcher(scalar.getValue()).matches()) {
            Duration value = DurationStyle.SIMPLE.parse(scalar.getValue());
            if (value.toMillis() > 0 && value.compareTo(LONGEST) <= 0) {
                return value;
            }
        }
        throw expected("a duration above 0 of at most 7d, as 60s, 500ms or 2m,");
    }

    /** A size in bytes. */
    long size() {
        if (node instanceof ScalarNode scalar && SIZE.matcher(scalar.getValue()).matches()) {
            long value = DataSize.parse(scalar.getValue()).toBytes();
            if (value > 0) {
                return value;
            }
        }
        throw expected("a size above 0, as 2GB or 512MB,");
    }

    List<YamlValue> list() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(element -> new YamlValue(key, element))
                    .toList();
        }
        throw expected("a list");
    }

    List<YamlValue> nonEmptyList() {
        List<YamlValue> values = list();
        if (values.isEmpty()) {
            throw problem("expected at least one value, got an empty list");
        }
        return values;
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    /** A mapping with any keys, in order. */
    Map<String, YamlValue> mapping() {
        if (!(node instanceof MappingNode mapping)) {
            throw expected("keys with values");
        }
        Map<String, YamlValue> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = new YamlValue(key, tuple.getKeyNode()).literal();
            String path = key.isEmpty() ? name : key + "." + name;
            if (values.put(name, new YamlValue(path, tuple.getValueNode())) != null) {
                throw new YamlValue(path, tuple.getKeyNode()).problem("the key is there twice");
            }
        }
        return values;
    }

    /** A mapping that has no other keys than these. */
    Map<String, YamlValue> mapping(String... known) {
        Map<String, YamlValue> values = mapping();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            String name = ((ScalarNode) tuple.getKeyNode()).getValue();
            if (!Arrays.asList(known).contains(name)) {
                throw new YamlValue(key.isEmpty() ? name : key + "." + name, tuple.getKeyNode())
                        .problem("unknown key; " + NearMiss.advice(name, List.of(known)));
            }
        }
        return values;
    }

    /** The refusal of this value: "expected …, got …". */
    ModelException expected(String what) {
        return problem("expected " + what + (what.endsWith(",") ? " got " : ", got ") + shown());
    }

    ModelException problem(String what) {
        String where = ModelFiles.SETTINGS + " line " + (node.getStartMark().getLine() + 1) + ": ";
        return new ModelException(where + (key.isEmpty() ? "" : key + ": ") + what);
    }

    private String shown() {
        if (node instanceof ScalarNode scalar) {
            String value = scalar.getValue();
            String shown = value.length() <= MAX_SHOWN ? value : value.substring(0, MAX_SHOWN) + "…";
            return Tag.NULL.equals(node.getTag()) ? "nothing" : '"' + shown + '"';
        }
        return node instanceof SequenceNode ? "a list" : "keys with values";
    }
}
