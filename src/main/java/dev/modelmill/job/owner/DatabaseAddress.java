package dev.modelmill.job.owner;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is and who asks for it, for connections of the owner's own beside the pool.
 *
 * @param url the JDBC URL, which may hold user and password
 * @param user null where the URL says it
 * @param password null where the URL says it
 */
record DatabaseAddress(
        String url, @Nullable String user, @Nullable String password) {

    private static final String H2 = "jdbc:h2:";

    boolean isPostgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Whether it is an H2 database in a file of this machine. */
    boolean isH2File() {
        if (!url.startsWith(H2)) {
            return false;
        }
        String place = url.substring(H2.length());
        return !place.startsWith("mem:") && !place.startsWith("tcp:") && !place.startsWith("ssl:");
    }

    /** Opens a connection; the caller closes it. */
    Connection connect(Map<String, String> settings) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings);
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return DriverManager.getConnection(url, properties);
    }

    /** Leaves out the password. */
    @Override
    public String toString() {
        return "DatabaseAddress";
    }
}
