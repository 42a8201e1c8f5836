package dev.headroom.proxy.postgres.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.QueryShape;
import dev.headroom.core.trace.StatementKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource({
        "COMMIT, COMMIT AND chain",
        "COMMIT, END WORK AND chain",
        "ROLLBACK, ROLLBACK AND CHAIN",
        "ROLLBACK, ABORT TRANSACTION AND chain",
        "ROLLBACK, COMMIT AND CHAIN"
    })
    void andChainBeginsTheNext(String tag, String statement) {
        after("BEGIN", 'T');
        complete(tag, statement);
        assertThat(block.id()).as("of the statement itself").isEqualTo(1);
        block.recorded();
        assertThat(block.id()).as("of what follows in the same pipeline").isEqualTo(2);
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
        complete("ROLLBACK", "ROLLBACK TO SAVEPOINT chain");
        block.recorded();
        block.ready('T');
        assertThat(block.id()).isEqualTo(1);
        assertThat(after("RELEASE", 'T')).isEqualTo(1);
    }

    private long after(String tag, int status) {
        complete(tag);
        block.recorded();
        block.ready(status);
        return block.id();
    }

    private void complete(String tag) {
        complete(tag, tag);
    }

    private void complete(String tag, String statement) {
        byte[] bytes = (tag + "\0").getBytes(StandardCharsets.US_ASCII);
        QueryShape shape = new QueryShape(1, statement, StatementKind.CONTROL, List.of(), false);
        block.completed(bytes, 0, bytes.length, shape);
    }
}
