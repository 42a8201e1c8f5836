package dev.headroom.proxy.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headroom.proxy.postgres.catalogue.Plan;
import dev.headroom.proxy.postgres.catalogue.Plans;
import dev.headroom.proxy.postgres.upstream.Upstream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlansTest {
    @Test
    void tellsTheGenericPlanOfStatementsWhoseValuesAreGone() throws Exception {
        try (ProxiedServer server = ProxiedServer.ofShared();
                Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists plans_test(id int primary key, name text)");
            Plans plans = server.proxy.plans();

            assertThat(plans.of("SELECT name FROM plans_test WHERE id = ?").text())
                    .contains("plans_test_pkey")
                    .contains("(id = $1)");
            assertThat(plans.of("SELECT name FROM plans_test WHERE id IN (?) LIMIT ?")
                            .text())
                    .contains("Limit");
            statement.execute("drop table plans_test");
        }
    }

    @Test
    void plansAWriteWithoutWriting() throws Exception {
        try (ProxiedServer server = ProxiedServer.ofShared();
                Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists plans_write(id int primary key, name text)");
            statement.execute("insert into plans_write values (1, 'kept')");

            Plan plan = server.proxy.plans().of("UPDATE plans_write SET name = ? WHERE id = ?");

            assertThat(plan.text()).contains("Update on plans_write");
            assertThat(plan.note()).contains("Nothing was executed");
            try (ResultSet rows = statement.executeQuery("select name from plans_write")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("kept");
            }
            statement.execute("drop table plans_write");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "SELECT a FROM no_such_table WHERE b = ?    → no_such_table",
                "SELECT a FROM t ORDER BY ?                 → position of a column",
                "SELECT a FROM t ORDER BY a DESC, ? LIMIT ? → position of a column",
                "SELECT a FROM t WHERE b @? ?               → operator",
                "SELECT a FROM t WHERE b ?| ?               → operator",
                "SELECT 1; DROP TABLE t                     → one plain statement",
            })
    void saysWhyItCannotTell(String shape, String why) throws Exception {
        try (ProxiedServer server = ProxiedServer.ofShared();
                Connection connection = server.connect("");
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");

            Plan plan = server.proxy.plans().of(shape);

            assertThat(plan.text()).isNull();
            assertThat(plan.note()).startsWith("Cannot tell: ").contains(why);
        }
    }

    @Test
    void knowsNoPlanBeforeTheAppUsedADatabase() {
        try (ProxiedServer server = ProxiedServer.ofShared()) {
            assertThat(server.proxy.plans().of("SELECT a FROM t").note()).contains("has not used a database yet");
        }
    }

    @Test
    void asksServersBeforeGenericPlansWithNulls() throws Exception {
        try (InstalledServer installed = InstalledServer.start()) {
            assumeTrue(installed != null, "no installed PostgreSQL: apt-get install postgresql");
            try (ProxiedServer server = new ProxiedServer(Upstream.plain("127.0.0.1", installed.port));
                    Connection connection = server.connect("");
                    Statement statement = connection.createStatement()) {
                statement.execute("create table old(id int primary key, name text)");

                Plan plan = server.proxy.plans().of("SELECT name FROM old WHERE id = ? AND name = ?");

                assertThat(plan.text()).contains("old_pkey").contains("(id = $1)");
            }
        }
    }
}
