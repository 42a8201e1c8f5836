package dev.headroom.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.headroom.core.check.CheckContext;
import dev.headroom.core.report.RunReport;
import dev.headroom.core.report.RunReporter;
import dev.headroom.core.trace.Attribution;
import dev.headroom.core.trace.Query;
import dev.headroom.core.trace.RequestTrace;
import dev.headroom.server.page.PageServer;
import dev.headroom.server.page.PageSettings;
import dev.headroom.server.recording.RecordingReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A Django project under {@code headroom run}, with what can be wrong about it. */
class DjangoEndToEndTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @TempDir
    private Path folder;

    private DjangoProject project;

    @BeforeAll
    static void needsDjango() {
        assumeFalse(DjangoProject.PYTHON.isEmpty(), "no Python with django, rest_framework, waitress and psycopg2");
    }

    @BeforeEach
    void copy() throws IOException {
        project = DjangoProject.copyTo(Files.createDirectory(folder.resolve("project")), database.server());
    }

    private Path recording() {
        return folder.resolve("run.headroom");
    }

    private String endOf(HeadroomProcess headroom) {
        headroom.signal("TERM");
        headroom.exitStatus();
        return headroom.err();
    }

    private static RunReport report(Path recording) {
        RunReporter reporter = new RunReporter(CheckContext.DEFAULT);
        try (RecordingReader reader = RecordingReader.open(recording)) {
            reader.replay(reporter);
        }
        return reporter.report(List.of(), LocalDate.now(ZoneId.systemDefault()));
    }

    @Test
    void theConnectionThatARequestOpenedIsInItsWaterfall() throws Exception {
        project.fill();
        try (HeadroomProcess headroom = project.run(recording())) {
            HeadroomProcess.eventually(
                    "it answers", () -> headroom.get("/stream").statusCode() == 200);
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> books = headroom.get("/books");
                assertThat(books.statusCode()).as(books.body()).isEqualTo(200);
            }
            endOf(headroom);
        }

        try (PageServer page = PageServer.start(PageSettings.defaults().atPort(0), List.of(recording()))) {
            HeadroomProcess.eventually(
                    "the recording is read", () -> answer(page, "recordings").contains("\"read\":true"));
            List<RequestTrace> books = RecordedTraces.of(recording()).stream()
                    .filter(trace -> trace.request().route().equals("/books"))
                    .toList();
            assertThat(books).hasSize(3);
            for (RequestTrace trace : books) {
                Map<String, Object> told = JSON.std.mapFrom(
                        answer(page, "recordings/0/request/" + trace.request().id()));
                assertThat((List<?>) told.get("setUps"))
                        .singleElement(InstanceOfAssertFactories.MAP)
                        .containsEntry("attribution", "exact")
                        .extractingByKey("millis", InstanceOfAssertFactories.DOUBLE)
                        .isBetween(0.0, trace.request().nanos() / 1e6);
            }
        }
    }

    private static String answer(PageServer page, String question) {
        try (InputStream answer =
                page.address().resolve("api/" + question).toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachStatementOfEightRequestsAtOnceIsTiedToItsOwn() throws Exception {
        project.fill();
        try (HeadroomProcess headroom = project.run(recording())) {
            HeadroomProcess.eventually(
                    "it answers", () -> headroom.get("/stream").statusCode() == 200);
            ExecutorService clients = Executors.newFixedThreadPool(8);
            List<Future<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String path = i % 2 == 0 ? "/work/7" : "/books";
                statuses.add(clients.submit(() -> headroom.get(path).statusCode()));
            }
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(200);
            }
            clients.shutdown();
            assertThat(endOf(headroom)).doesNotContain("instrumentation");
        }

        List<RequestTrace> work = RecordedTraces.of(recording()).stream()
                .filter(trace -> trace.request().route().equals("/work/<int:number>"))
                .toList();
        List<RequestTrace> books = RecordedTraces.of(recording()).stream()
                .filter(trace -> trace.request().route().equals("/books"))
                .toList();
        assertThat(work).hasSize(20);
        assertThat(books).hasSize(20);
        // 3 looks, an insert, an update, a cursor's declaration, fetches and close, and one by hand, and no other's
        assertThat(work)
                .extracting(RequestTrace::statements)
                .containsOnly(work.get(0).statements());
        assertThat(books).extracting(RequestTrace::statements).containsOnly(81L);
        for (RequestTrace trace : work) {
            assertThat(trace.queries()).extracting(Query::attribution).containsOnly(Attribution.EXACT);
            assertThat(trace.queries())
                    .filteredOn(query -> query.shape().text().equals("BEGIN")
                            || query.shape().text().equals("COMMIT"))
                    .hasSize(2);
        }
        assertThat(report(recording()).summary().statements().getOrDefault(Attribution.UNATTRIBUTED, 0L))
                .isZero();
    }

    @Test
    void whatTheLastRequestHadToTellIsThereAlthoughTheAppIsEndedAtOnce() throws Exception {
        project.fill();
        try (HeadroomProcess headroom = project.run(recording())) {
            HeadroomProcess.eventually(
                    "it answers", () -> headroom.get("/books").statusCode() == 200);
            assertThat(headroom.get("/books").statusCode()).isEqualTo(200);
            endOf(headroom);
            assertThat(headroom.out()).doesNotContain("without its line").doesNotContain("without their lines");
        }
        List<RequestTrace> books = RecordedTraces.of(recording()).stream()
                .filter(trace -> trace.request().status() == 200)
                .toList();
        assertThat(books)
                .hasSizeGreaterThan(1)
                .allSatisfy(trace -> assertThat(trace.queries())
                        .hasSize(81)
                        .allSatisfy(query -> assertThat(query.callSite()).isNotNull()));
    }

    @Test
    void anotherTerminalSeesWhatEachThreadDoesAndForWhichRequest() throws Exception {
        project.fill();
        try (HeadroomProcess headroom = project.run(recording())) {
            HeadroomProcess.eventually(
                    "it answers", () -> headroom.get("/stream").statusCode() == 200);
            Path seen = folder.resolve("seen");
            ExecutorService clients = Executors.newFixedThreadPool(2);
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                waiting.add(
                        clients.submit(() -> headroom.get("/wait?until=" + seen).statusCode()));
            }
            HeadroomProcess.eventually("both are seen", () -> {
                String text = stacks();
                return text.split("/wait for ", -1).length == 3
                        && text.contains("/shop/views.py")
                        && text.contains("no request (--all)");
            });
            assertThat(stacks("--json")).contains("\"route\":\"/wait\"", "\"processes\":[");
            Files.createFile(seen);
            for (Future<Integer> each : waiting) {
                assertThat(each.get()).isEqualTo(200);
            }
            clients.shutdown();
            endOf(headroom);
        }
        try (HeadroomProcess none = HeadroomProcess.start(folder, Map.of(), "stacks", "--help")) {
            assertThat(none.exitStatus()).isZero();
        }
    }

    private String stacks(String... options) {
        List<String> arguments = new ArrayList<>(List.of("stacks"));
        arguments.addAll(List.of(options));
        try (HeadroomProcess stacks = HeadroomProcess.start(folder, Map.of(), arguments.toArray(String[]::new))) {
            return stacks.exitStatus() == 0 ? stacks.out() : "";
        }
    }

    @Test
    void aPythonThatIgnoresItsEnvironmentIsNamed() {
        project.environment();
        try (HeadroomProcess headroom = project.run(
                recording(), project.environment(), DjangoProject.PYTHON, "-I", "-m", "http.server", "{port}")) {
            HeadroomProcess.eventually("it answers", () -> headroom.get("/").statusCode() == 200);
            assertThat(endOf(headroom)).contains("no hello from the app's Python");
        }
    }

    @Test
    void aPythonWithoutDjangoIsJustWatched() {
        try (HeadroomProcess headroom =
                project.run(recording(), project.environment(), DjangoProject.PYTHON, "-m", "http.server", "{port}")) {
            HeadroomProcess.eventually("it answers", () -> headroom.get("/").statusCode() == 200);
            assertThat(endOf(headroom)).doesNotContain("instrumentation").doesNotContain("hello");
        }
    }

    @Test
    void settingsThatFailAreTheAppsOwnError() throws IOException {
        Files.writeString(project.file("shop/settings.py"), "raise RuntimeError('as in life')\n");
        try (HeadroomProcess headroom = project.run(recording())) {
            assertThat(headroom.exitStatus()).isEqualTo(1);
            assertThat(headroom.err()).contains("RuntimeError: as in life").contains("before it listened");
        }
    }

    @Test
    void aProjectThatKeepsItsAddressItselfIsToldOfDb() throws IOException {
        keepAddress(project);
        Map<String, String> environment = project.environment();
        environment.put("DATABASE_URL", "postgres://nobody@127.0.0.1:1/elsewhere");
        try (HeadroomProcess headroom = runServer(environment)) {
            ask(headroom);
            assertThat(endOf(headroom))
                    .contains("the app opened no connection through the proxy; its settings may hold the address")
                    .contains("--db");
        }
    }

    private static void ask(HeadroomProcess headroom) {
        HeadroomProcess.eventually("it answers", () -> headroom.get("/stream").statusCode() >= 200);
    }

    private static void keepAddress(DjangoProject project) throws IOException {
        String settings = Files.readString(project.file("shop/settings.py"));
        Files.writeString(
                project.file("shop/settings.py"),
                settings.replace(
                        "os.environ[\"DATABASE_URL\"]",
                        "\"postgres://postgres@127.0.0.1:" + database.port() + "/postgres\""));
    }

    @Test
    void anSqliteProjectIsToldThatItsStatementsAreNotSeen() {
        Map<String, String> environment = project.environment();
        environment.put("DATABASE_URL", "sqlite:");
        try (HeadroomProcess headroom = runServer(environment)) {
            ask(headroom);
            assertThat(endOf(headroom)).contains("the app's database is sqlite");
        }
    }

    @Test
    void aSitecustomizeOfTheirsIsLoadedAsBefore() throws IOException {
        Path site = Files.createDirectories(project.file("site"));
        Files.writeString(site.resolve("sitecustomize.py"), "import sys\nsys.stderr.write('theirs is loaded\\n')\n");
        Map<String, String> environment = project.environment();
        environment.put("PYTHONPATH", site.toString());
        try (HeadroomProcess headroom = runServer(environment)) {
            ask(headroom);
            assertThat(endOf(headroom)).contains("theirs is loaded").doesNotContain("no hello");
        }
        assertThat(RecordedTraces.of(recording()))
                .anySatisfy(trace -> assertThat(trace.queries())
                        .isNotEmpty()
                        .extracting(Query::attribution)
                        .containsOnly(Attribution.EXACT));
    }

    @Test
    void withoutInstrumentationTheAppRunsAsItIs() {
        List<String> arguments = new ArrayList<>(List.of("run", "--no-instrumentation", "--out"));
        arguments.add(recording().toString());
        arguments.addAll(
                List.of("--", DjangoProject.PYTHON, "-m", "waitress", "--port={port}", "shop.wsgi:application"));
        try (HeadroomProcess headroom =
                HeadroomProcess.start(project.file("."), project.environment(), arguments.toArray(String[]::new))) {
            HeadroomProcess.eventually(
                    "it answers", () -> headroom.get("/stream").statusCode() == 200);
            assertThat(endOf(headroom)).doesNotContain("hello");
        }
        assertThat(RecordedTraces.of(recording()))
                .allSatisfy(trace -> assertThat(trace.queries())
                        .extracting(Query::attribution)
                        .doesNotContain(Attribution.EXACT));
    }

    private HeadroomProcess runServer(Map<String, String> environment) {
        return project.run(
                recording(),
                environment,
                DjangoProject.PYTHON,
                "-m",
                "waitress",
                "--threads=8",
                "--port={port}",
                "shop.wsgi:application");
    }
}
