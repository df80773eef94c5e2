package dev.modelmill.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import org.springframework.stereotype.Component;

/** Folds the names of partitions into that of their step, so that Spring Batch's meters stay few. */
@Component
class BatchMeterFilter implements MeterFilter {

    private static final String PREFIX = "spring.batch";
    private static final String STEP = "infer";

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(PREFIX)) {
            return id;
        }
        List<Tag> tags = id.getTags().stream().map(BatchMeterFilter::fold).toList();
        return id.replaceTags(tags);
    }

    private static Tag fold(Tag tag) {
        return tag.getValue().startsWith(STEP + ":") ? Tag.of(tag.getKey(), STEP) : tag;
    }
}
