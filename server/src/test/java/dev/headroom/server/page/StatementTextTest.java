package dev.headroom.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A statement's clauses stand on lines of their own, and no clause is torn apart. */
@Timeout(60)
class StatementTextTest {
    @TempDir
    static Path folder;

    @RegisterExtension
    static final StoryPage story = new StoryPage(() -> folder);

    @Test
    void putsEachClauseOnALine() {
        assertThat(laid("SELECT a FROM b LEFT JOIN c ON x = y left outer join d ON ? JOIN e ON ? NATURAL LEFT JOIN f"
                        + " WHERE a = ? GROUP BY a ORDER BY a OFFSET ? rows FETCH first ? rows ONLY"))
                .isEqualTo("""
                        SELECT a
                        FROM b
                        LEFT JOIN c ON x = y
                        left outer join d ON ?
                        JOIN e ON ?
                        NATURAL LEFT JOIN f
                        WHERE a = ?
                        GROUP BY a
                        ORDER BY a
                        OFFSET ? rows
                        FETCH first ? rows ONLY""");
        assertThat(laid("DELETE FROM x WHERE a IN (?)")).isEqualTo("DELETE FROM x\nWHERE a IN (?)");
        assertThat(laid("INSERT INTO x (a) VALUES (?) RETURNING id"))
                .isEqualTo("INSERT INTO x (a)\nVALUES (?)\nRETURNING id");
    }

    @Test
    void leavesNamesThatBeginLikeAClauseWhereTheyAre() {
        assertThat(laid("SELECT from_date, join_id , set_at FROM wherever"))
                .isEqualTo("SELECT from_date, join_id , set_at\nFROM wherever");
    }

    private static String laid(String text) {
        Page page = story.open("overview", 800, 600, ColorScheme.LIGHT);
        try {
            return (String) page.evaluate("async text => (await import('headroom/sql')).lines(text)", text);
        } finally {
            page.context().close();
        }
    }
}
