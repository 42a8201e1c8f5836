package dev.headroom.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
    @TempDir
    Path parent;

    @Test
    void nobodyElseCanLookIntoItAndItIsGoneWhenClosed() throws Exception {
        PrivateFolder folder = PrivateFolder.create(parent);
        try (folder) {
            Files.createFile(folder.folder("inside").resolve("secret"));

            assertThat(folder.path()).hasParent(parent);
            for (Path each : new Path[] {folder.path(), folder.path().resolve("inside")}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                        .isEqualTo("rwx------");
            }
        }
        assertThat(folder.path()).doesNotExist();
    }

    @Test
    void whatAKilledRunLeftIsRemovedByTheNext() throws Exception {
        Path left = Files.createDirectory(parent.resolve("headroom-run-123"));
        Files.createFile(left.resolve("owner"));
        Files.createDirectory(left.resolve("addresses"));
        Files.writeString(left.resolve("addresses/pgpass"), "*:*:*:web:secret");

        PrivateFolder.create(parent).close();

        assertThat(left).doesNotExist();
    }

    @Test
    void whatARunThatWasEndedInItsFirstMomentLeftIsRemovedLater() throws Exception {
        Path left = Files.createDirectory(parent.resolve("headroom-run-123"));
        PrivateFolder.create(parent).close();
        assertThat(left).as("it may just be made").exists();
        FileTime hourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));

        Path others = Files.createDirectory(parent.resolve("headroom-run-of-somebody"));
        Files.createFile(others.resolve("notes"));
        for (Path folder : new Path[] {left, others}) {
            Files.setLastModifiedTime(folder, hourAgo);
        }
        PrivateFolder.create(parent).close();

        assertThat(left).doesNotExist();
        assertThat(others).as("not empty, so not ours").exists();
    }

    @Test
    void theFolderOfARunThatGoesOnIsLeftAloneAndSoIsWhatIsNotOurs() throws Exception {
        Path unknown = Files.createDirectory(parent.resolve("headroom-run-of-somebody"));
        try (PrivateFolder first = PrivateFolder.create(parent);
                PrivateFolder second = PrivateFolder.create(parent)) {
            assertThat(first.path()).exists().isNotEqualTo(second.path());
        }
        assertThat(unknown).exists();
    }
}
