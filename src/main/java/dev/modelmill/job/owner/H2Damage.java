package dev.modelmill.job.owner;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Whether an H2 file is damaged. An open database reads only the pages that it needs, so a hole in a table or an index
 * would show in the middle of some job; hence every page is read, by way of H2's own store, since a query reads no index
 * that it can do without. Pages have no checksum over all of their bytes, so what they say is looked at too.
 */
final class H2Damage {

    private static final Set<Integer> STORE = Set.of(
            DataUtils.ERROR_INTERNAL,
            DataUtils.ERROR_FILE_CORRUPT,
            DataUtils.ERROR_SERIALIZATION,
            DataUtils.ERROR_CHUNK_NOT_FOUND,
            DataUtils.ERROR_BLOCK_NOT_FOUND,
            DataUtils.ERROR_TRANSACTION_CORRUPT,
            DataUtils.ERROR_UNKNOWN_DATA_TYPE);

    private static final Set<Class<?>> DECODING = Set.of(
            ArrayIndexOutOfBoundsException.class,
            IndexOutOfBoundsException.class,
            StringIndexOutOfBoundsException.class,
            NegativeArraySizeException.class,
            BufferUnderflowException.class,
            ClassCastException.class,
            ArithmeticException.class,
            NumberFormatException.class,
            NullPointerException.class);

    private H2Damage() {}

    /**
     * Reads every page of an open database.
     *
     * @throws RuntimeException if one can't be read
     */
    static void look(Connection connection) throws SQLException {
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        MVStore store = session.getDatabase().getStore().getMvStore();
        for (Map.Entry<String, String> entry : store.getMetaMap().entrySet()) {
            if (entry.getKey().startsWith(DataUtils.META_NAME)) {
                @Nullable MVMap<Object, Object> map = store.getMap(DataUtils.parseHexInt(entry.getValue()));
                if (map != null) {
                    read(map);
                }
            }
        }
        readRows(connection);
    }

    /** Reads a table or an index; a hole inside a page shows as keys that do not ascend. */
    private static void read(MVMap<Object, Object> map) {
        Cursor<Object, Object> cursor = map.cursor(null);
        @Nullable Object last = null;
        while (cursor.hasNext()) {
            Object key = cursor.next();
            if (last != null && map.getKeyType().compare(last, key) >= 0) {
                throw corrupt("the keys of " + map.getName() + " do not ascend");
            }
            last = key;
        }
    }

    private static void readRows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LAZY_QUERY_EXECUTION TRUE");
            for (String table : tables(statement)) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    readRows(table, rows);
                }
            }
            statement.execute("SET LAZY_QUERY_EXECUTION FALSE");
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = statement.executeQuery("SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES"
                + " WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA <> 'INFORMATION_SCHEMA'")) {
            while (tables.next()) {
                names.add('"' + tables.getString(1) + "\".\"" + tables.getString(2) + '"');
            }
        }
        return names;
    }

    /** Zeros in the middle of a page read as NULL, or as NUL in a text; the service stores neither there. */
    private static void readRows(String table, ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        while (rows.next()) {
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                String value = rows.getString(i);
                boolean missing = value == null && columns.isNullable(i) == ResultSetMetaData.columnNoNulls;
                if (missing || (value != null && value.indexOf('\0') >= 0)) {
                    throw corrupt("a row of " + table + " has a hole");
                }
            }
        }
    }

    private static MVStoreException corrupt(String what) {
        return DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, what);
    }

    /** Whether a failure to open or read says that the file is damaged, rather than in use, locked or out of reach. */
    static boolean is(Exception failure) {
        boolean damage = false;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && !(cause instanceof EOFException)) {
                return false;
            }
            damage |= cause instanceof SQLException sql && sql.getErrorCode() == ErrorCode.FILE_CORRUPTED_1;
            damage |= cause instanceof MVStoreException store && isDamage(store);
            damage |= DECODING.contains(cause.getClass());
        }
        return damage;
    }

    /** A read beyond the end has no cause, or says so. */
    private static boolean isDamage(MVStoreException e) {
        boolean beyondEnd = e.getErrorCode() == DataUtils.ERROR_READING_FAILED
                && (e.getCause() == null || e.getCause() instanceof EOFException);
        return beyondEnd || STORE.contains(e.getErrorCode());
    }
}
