"""Pages that Django's templates render of rows of the table articles, for RenderedPagesTest."""

import django.conf
import django.template
import django.utils.timezone

django.conf.settings.configure(USE_TZ=True, TIME_ZONE="Europe/Berlin", USE_I18N=False)
django.utils.timezone.activate("Europe/Berlin")

ENGINE = django.template.Engine()
LIST = """<!DOCTYPE html><html><head><title>Articles</title><style>p { margin: 0 }</style></head><body>
<nav><a href="/">Home</a> <a href="/articles/">Articles</a></nav>
{%% for article in articles %%}<article id="a{{ article.id }}"><h2>{{ article.title }}</h2>
<time>{{ article.published|date:"j F Y, H:i" }}</time>%s</article>
{%% endfor %%}</body></html>"""
QUERY = "select id, title, published, body, markup, reviews from articles order by id limit 40"
ALL = "select id, title, published, body from articles order by id limit 40"

# how the body is shown; each of them is seen by a reader
BODIES = {
    "as_it_is": "<p>{{ article.body }}</p>",
    "with_paragraphs": "{{ article.body|linebreaks }}",
    "with_line_breaks": "<p>{{ article.body|linebreaksbr }}</p>",
    "cut_to_twelve_words": "<p>{{ article.body|truncatewords:12 }}</p>",
    "cut_to_forty_characters": "<p>{{ article.body|truncatechars:40 }}</p>",
    "in_capitals": "<p>{{ article.body|upper }}</p>",
    "in_title_case": "<p>{{ article.body|title }}</p>",
    "with_links": "<p>{{ article.body|urlize }}</p>",
    "wrapped": "<pre>{{ article.body|wordwrap:20 }}</pre>",
    "in_an_attribute": '<p><abbr title="{{ article.body }}">more</abbr></p>',
    "in_a_script": '<script>show("{{ article.body|escapejs }}")</script>',
    "escaped_twice": "<p>{{ article.body|force_escape|force_escape }}</p>",
    "one_word_in_markup_each": "<p>{% for word in article.words %}<span>{{ word }}</span> {% endfor %}</p>",
}
HANDLERS = {}


def rows(connection, sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row)) for row in cursor]


def page(template, articles):
    return ENGINE.from_string(LIST % template).render(django.template.Context({"articles": articles}))


def shows_body(template):
    def show(connection, request):
        articles = rows(connection, ALL)
        for article in articles:
            article["words"] = article["body"].split()
        return page(template, articles)

    return show


for name, template in BODIES.items():
    HANDLERS["body_" + name] = shows_body(template)


def body_not_shown(connection, request):
    return page("", rows(connection, ALL))


def body_not_shown_of_the_rows_that_are(connection, request):
    return page("", rows(connection, ALL)[:15])


def reviews_not_shown(connection, request):
    """The body is shown, and so is the text that is mark-up itself; the reviews are not."""
    return page("{{ article.body|linebreaks }}{{ article.markup|safe }}", rows(connection, QUERY))


def everything_shown(connection, request):
    return page("{{ article.body|linebreaks }}{{ article.markup|safe }}{{ article.reviews }}", rows(connection, QUERY))


def markup_shown_as_text(connection, request):
    return page("{{ article.markup|striptags }}", rows(connection, "select id, title, published, markup from articles limit 40"))


def teaser_of_eight_words(connection, request):
    return page("<p>{{ article.body|truncatewords:8 }}</p>", rows(connection, ALL))


def one_of_many(connection, request):
    return page("{{ article.body }}", rows(connection, f"select id, title, published, body from articles where id = {request}"))


for function in (body_not_shown, body_not_shown_of_the_rows_that_are, reviews_not_shown, everything_shown,
                 markup_shown_as_text, teaser_of_eight_words, one_of_many):
    HANDLERS[function.__name__] = function
