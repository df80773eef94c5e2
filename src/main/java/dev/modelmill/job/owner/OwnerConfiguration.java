package dev.modelmill.job.owner;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** Has the service own its folder and its database before either is used, until both are closed. */
@Configuration(proxyBeanMethods = false)
class OwnerConfiguration {

    /** Lets whatever uses the folder or the database come after the ownership, and end before it. */
    @Bean
    static BeanFactoryPostProcessor ownershipFirst() {
        return beans -> Stream.concat(
                        Stream.of(beans.getBeanNamesForType(DataSource.class, true, false)),
                        Stream.of("dataFolder").filter(beans::containsBeanDefinition))
                .forEach(name -> dependOnOwnership(beans, name));
    }

    private static void dependOnOwnership(ConfigurableListableBeanFactory beans, String name) {
        BeanDefinition definition = beans.getBeanDefinition(name);
        String @Nullable [] before = definition.getDependsOn();
        definition.setDependsOn(StringUtils.addStringToArray(before, Ownership.BEAN));
    }

    @Bean
    @ConditionalOnWebApplication
    WaitingRoom waitingRoom(Environment environment) {
        int port = environment.getProperty("server.port", Integer.class, 8080);
        String address = environment.getProperty("server.address");
        return new WaitingRoom(
                address == null
                        ? new InetSocketAddress(Math.max(0, port))
                        : new InetSocketAddress(address, Math.max(0, port)));
    }

    @Bean(Ownership.BEAN)
    Ownership ownership(
            OwnerProperties properties, JdbcConnectionDetails details, ObjectProvider<WaitingRoom> room, Clock clock) {
        DatabaseAddress database = new DatabaseAddress(
                Objects.requireNonNull(details.getJdbcUrl()), details.getUsername(), details.getPassword());
        return new Ownership(
                properties, database, new Takeover(properties.takeoverWait(), room.getIfAvailable()), clock);
    }

    @Bean
    DatabaseWatch databaseWatch(Ownership ownership, ConfigurableApplicationContext context) {
        return new DatabaseWatch(ownership, context);
    }

    @Bean
    Checkpoints checkpoints(JdbcConnectionDetails details, DataSource dataSource) {
        DatabaseAddress database = new DatabaseAddress(Objects.requireNonNull(details.getJdbcUrl()), null, null);
        return new Checkpoints(dataSource, database.isH2File());
    }
}
