package dev.headroom.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.check.Finding;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said not to be seen of pages that Django's templates render, between both proxies and a real database. */
class RenderedPagesTest {
    private static final int REQUESTS = 4;

    private static Psycopg2App app;

    @BeforeAll
    static void open() throws IOException, SQLException {
        app = Psycopg2App.start();
    }

    @AfterAll
    static void close() throws IOException, SQLException {
        if (app != null) {
            app.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"body_not_shown", "body_not_shown_of_the_rows_that_are"})
    void findsTheTextThatIsFetchedAndNotShown(String page) {
        Psycopg2App.Answered answered = app.run(page, REQUESTS);
        assertThat(answered.bodies().get(0))
                .contains("<h2>The voyage of the Meridian &amp; others, part 1</h2>")
                .doesNotContain("aboard");
        assertThat(columns(answered)).containsExactly("articles.body");
    }

    @Test
    void findsItBesideTextsThatAreShown() {
        Psycopg2App.Answered answered = app.run("reviews_not_shown", REQUESTS);
        assertThat(answered.bodies().get(0)).contains("&quot;Meridian&quot; &amp; her", "<em>Garamond</em>");
        assertThat(columns(answered)).containsExactly("articles.reviews");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "body_as_it_is",
                "body_with_paragraphs",
                "body_with_line_breaks",
                "body_cut_to_twelve_words",
                "body_cut_to_forty_characters",
                "body_in_capitals",
                "body_in_title_case",
                "body_with_links",
                "body_wrapped",
                "body_in_an_attribute",
                "body_in_a_script",
                "body_escaped_twice",
                "body_one_word_in_markup_each",
                "everything_shown",
                "markup_shown_as_text",
                "teaser_of_eight_words",
                "one_of_many"
            })
    void isSilentWhereItIsShown(String page) {
        Psycopg2App.Answered answered = app.run(page, REQUESTS);
        assertThat(answered.bodies())
                .allSatisfy(body -> assertThat(body)
                        .contains("<h2>The voyage of the ", " &amp; others, part ")
                        .containsPattern("<time>\\d{1,2} January 2026, \\d\\d:\\d\\d</time>"));
        assertThat(columns(answered)).isEmpty();
    }

    /** The columns that are called not seen. */
    private static List<String> columns(Psycopg2App.Answered answered) {
        return WireStand.diagnose(answered.taken()).stream()
                .filter(finding -> finding.check().equals("unused-data"))
                .flatMap(finding -> unseen(finding).stream())
                .toList();
    }

    private static List<String> unseen(Finding finding) {
        return ((Map<?, ?>) finding.details().getOrDefault("bytesPerRequestByColumn", Map.of()))
                .keySet().stream()
                        .map(column -> finding.details().get("table") + "." + column)
                        .toList();
    }
}
