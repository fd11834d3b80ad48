"""Small READMEs of our own, in the shapes that the family of courses uses."""

WEATHER = """\
<div align="center">
<img src="img/banner.png" alt="Weather Course">
  <p align="center">
    🐦 <a href="https://example.org/me">Follow me</a> •
  </p>
</div>
<br/>

The weather course has two parts:

1. 🧩 **Basics** is optional and looks at air and water.
2. 🌪️ **The Forecaster** computes tomorrow from today.

> [!NOTE]
> There is a [book](https://example.org/book) about it.

## 📝 Notebooks

What to run.

### Tools

| Notebook | Description | Notebook |
|----------|-------------|----------|
| 🧐 [Cloud Counter](https://example.org/clouds) | Counts clouds \\| fog | \
<a href="https://colab.research.google.com/drive/1abc"><img src="img/colab.svg" alt="Open"></a> |

### Maps

| Notebook | Description | Article | Notebook |
|----------|-------------|---------|----------|
| Draw isobars | Lines of equal pressure. | [Article](https://example.org/isobars) | \
<a href="https://colab.research.google.com/drive/2def"><img src="img/colab.svg" alt="Open"></a> |
| Wind rose | Without a notebook. |  |  |

## 🧩 Basics

This part explains what air does.

<details>
<summary>Toggle section (optional)</summary>

![](img/basics.png)

### 1. Air pressure

Air has a <b>weight</b>. See [the chart](docs/chart.md) and ![a barometer](https://example.org/b.png).

- **Barometer**: A tube of mercury, read by [Torricelli](https://example.org/torricelli).
  It stands still.
  - Nested one
  - Nested two
- [**Isobar**](https://example.org/isobar): A line of equal pressure.
- **[Front](https://example.org/front)** moves with the wind.

📚 Resources:

- [Ida Berg - Why air is heavy](https://www.youtube.com/watch?v=1): Shows it. See also [more](https://example.org/more).
- [Pressure at sea](https://arxiv.org/abs/1234.5678)

---

### 2. Water (H2O)

* **Dew** - Water on grass.
* **Fog:** A cloud that lies down.

📚 **References**:
* [A guide to fog](https://example.org/fog) by Jo Fog et al.: Thick.
* [Clouds](https://example.org/clouds) by [@cloud](https://example.org/@cloud): Many pictures.
* Ann Rain - [Rain](https://example.org/rain)
* [Snow](https://example.org/snow), [Hail](https://example.org/hail) and [Sleet](https://example.org/sleet)
* A book in a library
</details>

---
## 🌪️ The Forecaster

### 1. Models

| Model | Grid |
|-------|------|
| Coarse | 50 km |

Text behind the table.

```python
print("## 2. Not a heading")
```

## Acknowledgements

Thanks to the wind.
"""

SETS = {
    "weather": WEATHER,
    "without parts": "# Title\n\n## 1. One\n\n- **A**: text\n\n## 2. Two\n\nText\n",
    "unnumbered": (
        "# Title\n\n## Part\n\n### Lesson\n\n- **A**: b\n\n#### Resources\n\n- [T](https://e.org)\n"
    ),
    "a part that is a lesson": "## One\n\n### 1. L\n\ntext\n\n## Two\n\n- **A**: b\n",
    "underlined": "Title\n=====\n\nLesson\n------\n\n- **A**: b\n",
    "nothing": "only text\n",
    "open fence": "## P\n\n### 1. L\n\n```\ncode without end\n",
    "open comment": "## P\n\n### 1. L\n\n<!-- no end\ntext\n",
    "script": "## P\n\n### 1. L\n\n<script>\nalert(1)\n</script>\n\ntext\n",
    "open drawing": "## P\n\n### 1. L\n\n<svg>\n\n### 2. M\n\n</svg>\n",
    "empty lines": "\n\n\nx\n\n",
}
