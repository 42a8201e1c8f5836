package dev.headroom.core.check;

import static dev.headroom.core.check.TestRequest.column;
import static dev.headroom.core.check.TestRequest.get;
import static dev.headroom.core.check.TestRequest.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.CallSite;
import dev.headroom.core.trace.Event;
import dev.headroom.core.trace.OrmFacts;
import dev.headroom.core.trace.RelationLoad;
import dev.headroom.core.trace.RelationLoad.Kind;
import dev.headroom.core.trace.RequestTrace;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DjangoAdviceTest {
    private static final CallSite VIEW = new CallSite("shop/views.py", 11, "shop.views.BookList", null, null);
    private static final String AUTHOR = "SELECT * FROM \"author\" WHERE \"author\".\"id\" = $1 LIMIT 21";
    private static final String PUBLISHER = "SELECT * FROM \"publisher\" WHERE \"publisher\".\"id\" = $1 LIMIT 21";
    private static final String REVIEW =
            "SELECT * FROM \"review\" WHERE (\"review\".\"book_id\" = $1 AND \"review\".\"published\") LIMIT 1";

    private static RelationLoad load(
            String owner, String name, Kind kind, String target, boolean filtered, @Nullable String path) {
        return new RelationLoad(owner, name, kind, target, filtered, false, path, VIEW);
    }

    private static CallSite site(RelationLoad load) {
        return new CallSite("shop/serializers.py", 30, "f", load.owner() + "." + load.name(), null, load);
    }

    private static TestRequest books() {
        return get("/books")
                .at(VIEW)
                .run(
                        "select id, author_id from book",
                        column("book.id", range(1, 20)),
                        column("book.author_id", range(1, 20)));
    }

    private static List<Finding> diagnose(TestRequest request) {
        Doctor doctor = new Doctor(List.of(new RepeatedQueryCheck(), new DuplicateQueryCheck()), CheckContext.DEFAULT);
        doctor.event(new Event(1, Event.Kind.INSTRUMENTATION, 0, "found django 3.2.25"));
        doctor.request(request.build());
        return doctor.diagnosis().findings();
    }

    private static Fix onlyFix(TestRequest request) {
        assertThat(diagnose(request)).hasSize(1);
        List<Fix> fixes = diagnose(request).get(0).fixes();
        assertThat(fixes).hasSize(1);
        return fixes.get(0);
    }

    @Test
    void joinsOneRowThatEachRowPointsAt() {
        Fix fix = onlyFix(books().at(site(load("Book", "author", Kind.TO_ONE, "Author", false, "author")))
                .each(range(1, 20), 1, AUTHOR));
        assertThat(fix.framework()).isEqualTo(Framework.DJANGO);
        assertThat(fix.code()).isEqualTo(".select_related(\"author\")");
        assertThat(fix.text()).contains("Book.author", "shop.views.BookList at shop/views.py:11");
        assertThat(fix.details())
                .containsEntry("action", "select_related")
                .containsEntry("paths", "author")
                .containsEntry("file", "shop/views.py")
                .containsEntry("line", "11")
                .containsEntry("statementsLess", "20");
    }

    @Test
    void composesThePathOfWhatIsReachedStepByStepWhereItWasNotTold() {
        TestRequest request = books();
        RelationLoad author = load("Book", "author", Kind.TO_ONE, "Author", false, null);
        RelationLoad publisher = load("Author", "publisher", Kind.TO_ONE, "Publisher", false, null);
        request.at(site(author)).each(range(1, 20), 1, AUTHOR, "author.publisher_id");
        request.at(site(publisher)).each(range(1, 20), 1, PUBLISHER);
        List<Finding> findings = diagnose(request);
        assertThat(findings)
                .extracting(finding -> finding.fixes().get(0).code())
                .containsExactlyInAnyOrder(".select_related(\"author\")", ".select_related(\"author__publisher\")");
        assertThat(findings)
                .extracting(finding -> finding.fixes().get(0).details().get("statementsLess"))
                .containsExactlyInAnyOrder("20", "40");
    }

    @Test
    void joinsAllRelationsThatAskedForTheSameRow() {
        TestRequest request = books();
        Object[] same = IntStream.range(0, 6).mapToObj(i -> (Object) 7).toArray();
        request.at(site(load("Book", "author", Kind.TO_ONE, "Author", false, "author")))
                .each(same, 1, AUTHOR);
        request.at(site(load("Book", "editor", Kind.TO_ONE, "Author", false, "editor")))
                .each(same, 1, AUTHOR);
        assertThat(onlyFix(request).code()).isEqualTo(".select_related(\"author\", \"editor\")");
    }

    @Test
    void prefetchesRowsThatPointAtEachRow() {
        Fix fix = onlyFix(books().at(site(load("Author", "books", Kind.TO_MANY, "Book", false, "author__books")))
                .each(range(1, 20), 1, "select id from edition where author_id = $1"));
        assertThat(fix.code()).isEqualTo(".prefetch_related(\"author__books\")");
        // the authors are there already; one statement for their books comes in place of 20
        assertThat(fix.details()).containsEntry("statementsLess", "19");
    }

    @Test
    void prefetchesTheWantedOnesIntoAList() {
        Fix fix = onlyFix(books().at(site(load("Book", "reviews", Kind.TO_MANY, "Review", true, "reviews")))
                .each(range(1, 20), 1, REVIEW));
        assertThat(fix.code())
                .startsWith(".prefetch_related(Prefetch(\"reviews\", queryset=Review.objects.filter(published=True),"
                        + " to_attr=\"published_reviews\"))");
        assertThat(fix.text()).contains("published_reviews instead of asking at shop/serializers.py:30");
        assertThat(fix.details()).containsEntry("statementsLess", "19");
    }

    @Test
    void saysHowTheLineThatAskedReadsTheList() {
        RelationLoad first = asking("first", "reviews");
        Fix fix = onlyFix(books().at(site(first)).each(range(1, 20), 1, REVIEW));
        assertThat(fix.code()).contains("next(iter(book.published_reviews), None)");
        // the machine would have to import Review, and nobody said where from
        assertThat(fix.details()).doesNotContainKey("action");
    }

    @Test
    void countsInTheQuerySetItself() {
        Fix fix = onlyFix(books().at(site(asking("count", "reviews")))
                .each(range(1, 20), 1, "select count(*) from \"review\" where \"review\".\"book_id\" = $1"));
        assertThat(fix.code()).startsWith(".annotate(reviews_count=Count(\"reviews\", distinct=True))");
        assertThat(fix.details())
                .containsEntry("action", "annotate")
                .containsEntry("read", "{owner}.reviews_count")
                .containsEntry("statementsLess", "20");
    }

    @Test
    void namesTheLineThatMadeTheQuerySetBeforeTheView() {
        CallSite made = new CallSite("shop/queries.py", 5, "recent", null, null);
        RelationLoad rows = new RelationLoad("Book", "objects", Kind.ROWS, "Book", false, false, null, made, "all");
        TestRequest request = get("/books")
                .at(new CallSite("shop/views.py", 11, "f", null, null, rows))
                .run("select id, author_id from book", column("book.author_id", range(1, 20)));
        Fix fix = onlyFix(request.at(site(load("Book", "author", Kind.TO_ONE, "Author", false, null)))
                .each(range(1, 20), 1, AUTHOR));
        assertThat(fix.details()).containsEntry("file", "shop/queries.py").containsEntry("line", "5");
        assertThat(fix.text()).contains("the query set of recent at shop/queries.py:5");
    }

    @Test
    void neverTellsAMachineToPrefetchWhatAnIteratorWouldIgnore() {
        CallSite made = new CallSite("shop/queries.py", 5, "recent", null, null);
        RelationLoad rows =
                new RelationLoad("Book", "objects", Kind.ROWS, "Book", false, false, null, made, "iterator");
        TestRequest request = get("/books")
                .at(new CallSite("shop/views.py", 11, "f", null, null, rows))
                .run("select id from book", column("book.id", range(1, 20)));
        Fix fix = onlyFix(request.at(site(load("Book", "editions", Kind.TO_MANY, "Edition", false, null)))
                .each(range(1, 20), 1, "select id from edition where book_id = $1"));
        assertThat(fix.text()).contains("iterator(), which ignores prefetch_related before Django 4.1");
        assertThat(fix.details()).doesNotContainKey("action");
    }

    @Test
    void inventsNoPathToAModelThatItCannotReach() {
        CallSite made = new CallSite("shop/queries.py", 5, "recent", null, null);
        RelationLoad rows = new RelationLoad("Shelf", "objects", Kind.ROWS, "Shelf", false, false, null, made, "all");
        TestRequest request = get("/books")
                .at(new CallSite("shop/views.py", 11, "f", null, null, rows))
                .run("select author_id from shelf", column("shelf.author_id", range(1, 20)));
        Fix fix = onlyFix(request.at(site(load("Book", "author", Kind.TO_ONE, "Author", false, null)))
                .each(range(1, 20), 1, AUTHOR));
        assertThat(fix.code()).isEqualTo(".select_related(\"…__author\")");
        assertThat(fix.details()).doesNotContainKey("action");
    }

    private static RelationLoad asking(String method, String name) {
        boolean filtered = !method.equals("count");
        return new RelationLoad("Book", name, Kind.TO_MANY, "Review", filtered, false, name, VIEW, method);
    }

    @Test
    void loadsAFieldThatWasLeftOut() {
        Fix fix = onlyFix(books().at(site(load("Book", "blurb", Kind.DEFERRED, "Book", false, null)))
                .each(range(1, 20), 1, "select blurb from book where id = $1"));
        assertThat(fix.code()).isEqualTo(".only(…, \"blurb\")");
    }

    @Test
    void doesNotAdviseToLeaveOutAFieldThatIsLeftOutAlready() {
        TestRequest request = books().at(site(load("Book", "blurb", Kind.DEFERRED, "Book", false, "blurb")))
                .each(range(1, 20), 1, "select blurb from book where id = $1");
        KnownModels models = new KnownModels();
        OrmFacts.Column blurb = new OrmFacts.Column("blurb", "blurb", null);
        models.update(
                new OrmFacts(List.of(new OrmFacts.Table("book", "Book", "shop.models", List.of(blurb))), List.of()));
        RelationLoads loads = new RelationLoads(models);
        RequestTrace trace = request.build();
        loads.request(new RequestView(trace, trace.request().operation(), new RepeatFinder(DatabaseStatistics.NONE)));
        Finding repeated = diagnose(request).get(0);
        Finding unseen = new FindingDraft(UnusedDataCheck.ID, Evidence.LIKELY, Level.PROBLEM, repeated.operation())
                .shape(repeated.shapes().get(0))
                .identity("book")
                .cost(1, new Cost(0, 0, 0, 20_000))
                .detail("table", "book")
                .detail("bytesPerRequestByColumn", Map.of("blurb", 20_000L))
                .finding(Remedy.FEWER_COLUMNS, "book.blurb is fetched and not seen in the response");

        List<Fix> fixes = new DjangoColumns(loads, models).fixes(unseen);

        assertThat(fixes).hasSize(1);
        assertThat(fixes.get(0).code()).isNull();
        assertThat(fixes.get(0).details()).containsOnly(Map.entry("fields", "Book.blurb"));
        assertThat(fixes.get(0).text()).startsWith("Book.blurb was left out by only() or defer()");
    }

    @Test
    void saysWhatTheTableSaysWhereTheRelationIsUnknown() {
        Fix fix = onlyFix(books().at("shop/views.py", 9, "f").each(range(1, 20), 1, AUTHOR));
        assertThat(fix.framework()).isEqualTo(Framework.DJANGO);
        assertThat(fix.details()).doesNotContainKey("action");
    }
}
