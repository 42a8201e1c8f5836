from rest_framework import serializers

from shop.models import Author, Book, Label


class LabelSerializer(serializers.ModelSerializer):
    class Meta:
        model = Label
        fields = ["name"]


class AuthorSerializer(serializers.ModelSerializer):
    city = serializers.CharField(source="profile.city")

    class Meta:
        model = Author
        fields = ["name", "city"]


class BookSerializer(serializers.ModelSerializer):
    author = AuthorSerializer()
    labels = LabelSerializer(many=True)
    siblings = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ["title", "author", "labels", "siblings"]

    def get_siblings(self, book):
        return book.author.books.exclude(pk=book.pk).count()
