package dev.modelmill.job.log;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the event logs.
 *
 * @param maxLogSize how much is kept of what the workers of one job log; events beyond it are counted only
 */
@ConfigurationProperties("modelmill")
record LogProperties(@DefaultValue("256MB") DataSize maxLogSize) {

    LogProperties {
        Assert.isTrue(maxLogSize.toBytes() > 0, "modelmill.max-log-size must be greater than 0");
    }
}
