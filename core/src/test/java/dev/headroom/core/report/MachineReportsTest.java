package dev.headroom.core.report;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.HeadroomException;
import dev.headroom.core.check.Budget;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.check.Evidence;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class MachineReportsTest {
    private static final String USER = "select id, name from users where id = $1";

    @Test
    void sarifPlacesFindingsWithACallSiteAndNotifiesOfTheOthers() throws Exception {
        Map<String, Object> run = sarifRun(report(20, true));
        assertThat(String.valueOf(run.get("results")))
                .contains("ruleId=repeated-query")
                .contains("uri=orders/my%20views.py")
                .contains("startLine=42")
                .contains("headroomFinding/v1=");
        assertThat(String.valueOf(run.get("invocations"))).contains("toolExecutionNotifications=[]");
        Map<String, Object> placeless = sarifRun(report(20, false));
        assertThat(placeless.get("results")).isEqualTo(List.of());
        assertThat(String.valueOf(placeless.get("invocations")))
                .contains("level=note")
                .contains("id=repeated-query");
        assertThat(String.valueOf(placeless.get("tool")))
                .contains("id=repeated-query")
                .contains("shortDescription=");
    }

    @Test
    void annotationsEscapeWhatWouldEndThem() {
        String commands = GitHubAnnotations.render(report(20, true));
        assertThat(commands)
                .startsWith("::warning file=orders/my views.py,line=42,title=Headroom%3A repeated-query (proven)::");
        assertThat(commands.lines()).hasSize(1);
    }

    @Test
    void junitIsWellFormedAndFailsTheRouteThatViolates() throws Exception {
        RunReport report = report(20, true);
        GateResult result = new Gate(
                        List.of(new Budget("GET /api/<orders>&\"", 5), new Budget("/gone", 1)),
                        Evidence.LIKELY,
                        Set.of())
                .judge(report);
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        JUnitReport.render(report, result).getBytes(StandardCharsets.UTF_8)));
        assertThat(xml.getDocumentElement().getAttribute("tests")).isEqualTo("2");
        assertThat(xml.getDocumentElement().getAttribute("failures")).isEqualTo("2");
        assertThat(xml.getElementsByTagName("failure").item(0).getTextContent())
                .contains("the budget is 5")
                .contains("repeated-query");
    }

    @Test
    void markdownTurnsNoNameIntoMarkup() {
        String text = MarkdownReport.render(report(20, true));
        assertThat(text)
                .contains("| GET /api/&lt;orders>&amp;\" | 3 | 21, 21 |")
                .contains("**proven** · repeated-query")
                .contains("```sql");
        assertThat(text).doesNotContain("<orders>");
    }

    @Test
    void aBaselineAllowsWhatWasAndNothingWorse() {
        Baseline baseline =
                Baseline.parse("base.json", Baseline.of(report(20, true)).json());
        assertThat(baseline)
                .isEqualTo(Baseline.of(report(20, true)))
                .isEqualTo(Baseline.parse("base.json", JsonReport.render(report(20, true))));
        assertThat(baseline.judge(report(20, true)).passed()).isTrue();
        assertThat(baseline.judge(report(12, true)).passed()).isTrue();
        assertThat(baseline.judge(report(40, true)).render(report(20, true)))
                .contains("a request ran 41 statements, the baseline's 21")
                .contains("worse: repeated-query");
        assertThat(Baseline.parse("base.json", Baseline.of(report(1, true)).json())
                        .judge(report(20, true))
                        .render(report(20, true)))
                .contains("new: repeated-query");
        assertThatThrownBy(() -> Baseline.parse("base.json", "{}"))
                .isInstanceOf(HeadroomException.class)
                .hasMessageContaining("neither");
        assertThatThrownBy(() -> Baseline.parse("base.json", "{\nwhat"))
                .isInstanceOf(HeadroomException.class)
                .hasMessage("The baseline base.json is no JSON, line 2. Make one with: headroom report RECORDING"
                        + " --format baseline");
        assertThatThrownBy(() -> Baseline.parse("base.json", "{\"format\": \"headroom-baseline\", \"version\": 2}"))
                .hasMessageContaining("newer");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> sarifRun(RunReport report) throws Exception {
        Map<String, Object> log = JSON.std.mapFrom(SarifReport.render(report));
        assertThat(log).containsEntry("version", "2.1.0");
        return Objects.requireNonNull((List<Map<String, Object>>) log.get("runs"))
                .get(0);
    }

    private static RunReport report(int users, boolean withSite) {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        for (int i = 0; i < 3; i++) {
            var request = get("/api/<orders>&\"")
                    .run("select user_id from orders", column("orders.user_id", range(101, 100 + users)));
            if (withSite) {
                request.at("orders/my views.py", 42, "list_orders");
            }
            reporter.request(request.each(range(101, 100 + users), 1, USER).build());
        }
        return reporter.report(List.of(), LocalDate.of(2026, 1, 15));
    }
}
