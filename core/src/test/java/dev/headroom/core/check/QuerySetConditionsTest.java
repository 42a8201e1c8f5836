package dev.headroom.core.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headroom.core.trace.OrmFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuerySetConditionsTest {
    private static final String SELECT = "SELECT \"visit\".\"id\" FROM \"visit\" WHERE ";

    private static QuerySetConditions of(String where) {
        KnownModels models = new KnownModels();
        OrmFacts.Column open = new OrmFacts.Column("open", "still_open", null);
        models.update(
                new OrmFacts(List.of(new OrmFacts.Table("visit", "Visit", "clinic.models", List.of(open))), List.of()));
        return QuerySetConditions.of(TestRequest.shape(SELECT + where), models);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "(\"visit\".\"patient_id\" = $1 AND \"visit\".\"open\") | .filter(still_open=True)",
                "(\"visit\".\"patient_id\" = $1 AND NOT \"visit\".\"open\") | .filter(still_open=False)",
                "(\"visit\".\"patient_id\" = $1 AND \"visit\".\"day\" IS NULL) | .filter(day__isnull=True)",
                "(\"visit\".\"patient_id\" = $1 AND \"visit\".\"day\" IS NOT NULL) | .filter(day__isnull=False)",
                "\"visit\".\"patient_id\" = $1 ORDER BY \"visit\".\"day\" DESC, \"visit\".\"id\" ASC LIMIT 1"
                        + " | .order_by(\"-day\", \"id\")",
                "(\"visit\".\"content_type_id\" = $1 AND \"visit\".\"object_id\" = $2 AND \"visit\".\"open\")"
                        + " | .filter(still_open=True)",
            })
    void namesFieldsAsTheModelDoes(String where, String calls) {
        assertThat(of(where).calls()).isEqualTo(calls);
        assertThat(of(where).complete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "(\"visit\".\"patient_id\" = $1 AND \"visit\".\"kind\" = $2) | .filter(kind=…)",
                "(\"visit\".\"patient_id\" = $1 AND \"visit\".\"room_id\" = $2) | .filter(room_id=…)",
                "(\"visit\".\"patient_id\" = $1 AND NOT (\"visit\".\"id\" = $2)) | .filter(…)",
                "(\"visit\".\"patient_id\" = $1 AND \"visit\".\"day\" > $2) | .filter(…)",
                "\"visit\".\"patient_id\" = $1 ORDER BY RANDOM() ASC | ``",
            })
    void saysWhereAMachineCannotWriteThem(String where, String calls) {
        assertThat(of(where).calls()).isEqualTo(calls);
        assertThat(of(where).complete()).isFalse();
    }

    @Test
    void namesTheListByWhatIsAskedFor() {
        assertThat(of("(\"visit\".\"patient_id\" = $1 AND \"visit\".\"open\")").attribute("visits"))
                .isEqualTo("still_open_visits");
        assertThat(of("\"visit\".\"patient_id\" = $1").attribute("visits")).isEqualTo("wanted_visits");
    }
}
