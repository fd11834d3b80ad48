"""What READMEs of courses call their parts, in some languages; all in small letters."""

import re
import unicodedata

REFERENCES = frozenset(
    {
        *("references", "reference", "resources", "resource", "further reading", "readings"),
        *("reading", "reading list", "learn more", "links", "useful links", "materials"),
        *("learning resources", "recommended resources", "additional resources", "papers"),
        *("参考资料", "參考資料", "参考文献", "參考文獻", "资源", "資源", "学习资源", "學習資源"),
        *("参考", "参考リンク", "참고 자료", "참고자료", "자료", "リソース"),
        *("referencias", "recursos", "referências", "ressources", "références", "quellen"),
        *("referenzen", "ressourcen", "riferimenti", "risorse", "kaynaklar", "ресурсы"),
        *("ссылки", "материалы", "tài liệu tham khảo", "مراجع", "المراجع"),
    }
)
NOTEBOOKS = frozenset(
    {"notebooks", "notebook", "colab notebooks", "notebooks and articles", "cuadernos", "笔记本"}
)
# Sections that are about the README and not of the course.
ASIDE = (
    *("acknowledg", "thanks", "thank you", "contribut", "license", "licence", "star history"),
    *("citation", "citing", "contact", "sponsor", "disclaimer", "table of contents", "contents"),
    *("about the author", "changelog", "support us", "community", "how to use this", "faq"),
    *("致谢", "致謝", "贡献", "貢獻", "许可", "授權", "目录", "目錄", "謝辞", "감사", "기여"),
    *("agradecimientos", "agradecimentos", "remerciements", "danksagung", "ringraziamenti"),
    *("contribuciones", "licencia", "licença", "índice", "teşekkür", "благодарности"),
)
LABELS = frozenset({"key concepts", "key topics", "topics", "concepts", "what you will learn"})
NO_CONCEPTS = frozenset(
    {"note", "notes", "tip", "tips", "warning", "important", "caution", "info", "update", "todo"}
)
FOLDS = re.compile(r"\b(toggle|show|hide|expand|collapse|click|open|unfold|section|details)\b")
BY = re.compile(r"(?:by|par|von|por|di|作者[:：]?|от|door)\s+", re.IGNORECASE)


def without_emoji(text: str) -> str:
    """`text` without pictures at its beginning and end, and with single spaces."""
    words = text.split()
    while words and is_picture(words[0]):
        words.pop(0)
    while words and is_picture(words[-1]):
        words.pop()
    return " ".join(words)


def is_picture(word: str) -> bool:
    """Whether the word is made of emoji or other symbols alone, as `⚡` or `🧑‍🔬` are."""
    return all(unicodedata.category(one) in PICTURES or one == "\u200d" for one in word) and any(
        ord(one) > 0x2000 for one in word
    )


PICTURES = {"So", "Sk", "Mn", "Me", "Cf", "Cn", "Co"}


def plain_label(text: str) -> str:
    """`📚 **References**:` as `references`."""
    bare = text.replace("*", "").replace("_", " ").strip().strip(":：").strip()
    return without_emoji(bare).strip(":： ").casefold()


def is_reference_label(text: str) -> bool:
    """Whether a line announces a list of references: by its words, or by its pile of books."""
    if len(text) > 120:
        return False
    stripped = text.strip()
    books = stripped.startswith(("📚", "📖", "🔗")) and stripped.rstrip("*_ ").endswith((":", "："))
    return books or plain_label(text) in REFERENCES


def is_aside(title: str) -> bool:
    plain = plain_label(title)
    return plain.startswith(ASIDE) or plain in {"about", "credits", "stars"}
