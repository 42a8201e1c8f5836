package dev.headroom.server.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headroom.core.HeadroomException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {
    @TempDir
    Path folder;

    @Test
    void namesARecordingByItsTimeInAFolderOfItsOwner() throws IOException {
        Path first = Recordings.next(folder, Instant.EPOCH);
        Files.createFile(first);
        Path second = Recordings.next(folder, Instant.EPOCH);

        assertThat(first.getFileName().toString()).matches("\\d{4}-\\d\\d-\\d\\d-\\d{6}\\.headroom");
        assertThat(second).isNotEqualTo(first);
        assertThat(first.resolveSibling(".gitignore")).hasContent("*");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void findsTheOneThatWasWrittenToLast() throws IOException {
        Path older = recording(Instant.EPOCH, 3_000);
        Path newer = recording(Instant.EPOCH, 2_000);
        assertThat(Recordings.last(folder)).isEqualTo(older);

        Files.setLastModifiedTime(
                Files.createFile(newer.resolveSibling(newer.getFileName() + "-wal")), FileTime.fromMillis(4_000));
        assertThat(Recordings.last(folder)).isEqualTo(newer);
    }

    private Path recording(Instant start, long writtenMillis) throws IOException {
        Path file = Files.createFile(Recordings.next(folder, start));
        return Files.setLastModifiedTime(file, FileTime.fromMillis(writtenMillis));
    }

    @Test
    void saysHowToMakeOneWhereThereIsNone() {
        assertThatThrownBy(() -> Recordings.last(folder))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("headroom run --");
    }
}
