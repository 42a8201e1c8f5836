package dev.headroom.proxy.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransactionBlockTest {
    private final TransactionBlock block = new TransactionBlock(new AtomicLong()::incrementAndGet);

    @Test
    void aTransactionLastsFromBeginToCommit() {
        assertThat(after("BEGIN", 'T')).isEqualTo(1);
        assertThat(after("SELECT 1", 'T')).isEqualTo(1);
        complete("COMMIT");
        assertThat(block.id()).as("of the COMMIT itself").isEqualTo(1);
        block.ready('I');
        assertThat(block.id()).isZero();
        assertThat(after("BEGIN", 'T')).isEqualTo(2);
    }

    @Test
    void commitAndChainBeginsTheNext() {
        after("BEGIN", 'T');
        complete("COMMIT");
        assertThat(block.id()).as("of the COMMIT itself").isEqualTo(1);
        block.ready('T');
        assertThat(block.id()).isEqualTo(2);
        assertThat(after("UPDATE 3", 'T')).isEqualTo(2);
        assertThat(after("COMMIT", 'I')).isZero();
    }

    @Test
    void aCommitAndTheNextBeginInOnePipelineAreOneBeginning() {
        after("BEGIN", 'T');
        complete("COMMIT");
        complete("BEGIN");
        assertThat(block.id()).isEqualTo(2);
        block.ready('T');
        assertThat(block.id()).isEqualTo(2);
    }

    @Test
    void aRollbackToASavepointStaysInTheTransaction() {
        after("BEGIN", 'T');
        after("SAVEPOINT", 'T');
        assertThat(after("ROLLBACK", 'T')).isEqualTo(1);
        assertThat(after("RELEASE", 'T')).isEqualTo(1);
    }

    private long after(String tag, int status) {
        complete(tag);
        block.ready(status);
        return block.id();
    }

    private void complete(String tag) {
        byte[] bytes = (tag + "\0").getBytes(StandardCharsets.US_ASCII);
        block.completed(bytes, 0, bytes.length);
    }
}
