package dev.modelmill.powerloss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.CRC32C;

/**
 * Looks into the database of a disk, in a copy, and compares the files of the partitions that it calls DONE with what it
 * says of them. Knows the tables, and nothing of the service's code.
 */
final class DoneParts {

    private final Path data;
    private final Path copy;
    private final CutReport report;

    DoneParts(Path data, Path copy, CutReport report) {
        this.data = data;
        this.copy = copy;
        this.report = report;
    }

    void check() throws IOException {
        FolderContent.remove(copy);
        Path database = data.resolve("modelmill.mv.db");
        if (!Files.exists(database)) {
            report.database(CutReport.Database.MISSING);
            return;
        }
        Files.createDirectories(copy);
        Files.copy(database, copy.resolve("modelmill.mv.db"));
        try (Connection connection =
                        DriverManager.getConnection("jdbc:h2:file:" + copy.resolve("modelmill"), "sa", "");
                Statement statement = connection.createStatement()) {
            if (!hasTables(statement)) {
                report.database(CutReport.Database.EMPTY);
                return;
            }
            readAll(statement);
            report.database(CutReport.Database.OPENED);
            checkParts(statement);
        } catch (SQLException | RuntimeException damaged) {
            report.database(CutReport.Database.BROKEN);
        }
    }

    private static boolean hasTables(Statement statement) throws SQLException {
        try (ResultSet tables =
                statement.executeQuery("SELECT 1 FROM information_schema.tables WHERE table_name = 'JOB_PARTITION'")) {
            return tables.next();
        }
    }

    /** H2 finds some damage only when it comes to read it. */
    private static void readAll(Statement statement) throws SQLException {
        try (ResultSet line = statement.executeQuery("SCRIPT")) {
            while (line.next()) {
                line.getString(1);
            }
        }
    }

    private void checkParts(Statement statement) throws SQLException, IOException {
        try (ResultSet row = statement.executeQuery("SELECT * FROM job_partition WHERE state = 'DONE'")) {
            while (row.next()) {
                Path folder = data.resolve("jobs").resolve(row.getString("job_id"));
                if (Files.exists(folder)) {
                    checkFile(row, folder.resolve("parts"), "results");
                    checkFile(row, folder.resolve("parts"), "errors");
                    report.part();
                }
            }
        }
    }

    /** The attempt in the files' names. */
    private static int attempt(ResultSet row) throws SQLException {
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            if (row.getMetaData().getColumnName(column).equalsIgnoreCase("files_attempt")) {
                return row.getInt(column);
            }
        }
        return row.getInt("attempts");
    }

    private void checkFile(ResultSet row, Path parts, String kind) throws SQLException, IOException {
        long length = row.getLong(kind + "_length");
        Path file = parts.resolve("%05d.%d.%s".formatted(row.getInt("number"), attempt(row), kind));
        if (length == 0) {
            return;
        }
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, (int) Math.min(length, bytes.length));
        if (bytes.length < length || (int) crc.getValue() != row.getInt(kind + "_crc")) {
            report.fault("a part that is DONE is not whole: " + row.getString("job_id") + "/" + file.getFileName()
                    + " has " + bytes.length + " of " + length + " bytes");
        }
    }
}
