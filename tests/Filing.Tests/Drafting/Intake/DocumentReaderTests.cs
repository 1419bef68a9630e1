using System.Text;
using Filing.Domain;
using Filing.Features.Drafting.Intake;
using static Filing.Tests.Drafting.Intake.Packages;

namespace Filing.Tests.Drafting.Intake;

[TestFixture]
public sealed class DocumentReaderTests
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static readonly ReadLimits Limits = new();

    private static Result<ReadDocument> Read(byte[] file, string? name = null, ReadLimits? limits = null, PdfTextTool? pdf = null) =>
        new DocumentReader(limits ?? Limits, pdf ?? new PdfTextTool()).ReadAsync(new MemoryStream(file), name, CancellationToken.None).GetAwaiter().GetResult();

    private static string Text(byte[] file) => Read(file).Value.FullText;

    private static string[] Warned(byte[] file) => [.. Read(file).Value.Warnings.Select(warning => warning.Code)];

    // Plain text.

    private static IEnumerable<TestCaseData> Charsets()
    {
        const string text = "关于加强依法行政工作的意见\r\n江府办〔2018〕7号";
        yield return new TestCaseData(Encoding.UTF8.GetBytes(text), "UTF-8").SetArgDisplayNames("UTF-8");
        yield return new TestCaseData((byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)], "UTF-8").SetArgDisplayNames("UTF-8 with BOM");
        yield return new TestCaseData((byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)], "UTF-16LE").SetArgDisplayNames("UTF-16LE");
        yield return new TestCaseData((byte[])[0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)], "UTF-16BE").SetArgDisplayNames("UTF-16BE");
        yield return new TestCaseData((byte[])[0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes(text)], "UTF-32LE").SetArgDisplayNames("UTF-32LE");
        yield return new TestCaseData(Gb18030.GetBytes(text), "GB18030").SetArgDisplayNames("GB18030");
    }

    [TestCaseSource(nameof(Charsets))]
    public void Text_in_every_usual_charset_reads_the_same(byte[] file, string charset)
    {
        var document = Read(file, "意见.txt").Value;
        Assert.Multiple(() =>
        {
            Assert.That(document.Charset, Is.EqualTo(charset));
            Assert.That(document.Lines, Is.EqualTo(new[] { new TextLine(1, "关于加强依法行政工作的意见"), new TextLine(2, "江府办〔2018〕7号") }));
            Assert.That(document.Warnings, Is.Empty);
            Assert.That(document.Bytes, Is.EqualTo(file.Length));
        });
    }

    [Test]
    public void Every_kind_of_line_break_parts_lines_and_empty_lines_count() =>
        Assert.That(Read(Encoding.UTF8.GetBytes("一\n二\r\n三\r四\v五\f六\u2028七\u0085\n八")).Value.Lines.Select(line => $"{line.Number}{line.Text}"),
            Is.EqualTo(new[] { "1一", "2二", "3三", "4四", "5五", "6六", "7七", "8", "9八" }));

    // What cannot be seen is taken out and said.
    [TestCase("关\0于", "关于", "intake.control-characters")]
    [TestCase("关\u202E于\u2066", "关于", "intake.bidi-controls")]
    [TestCase("\u200F关于", "关于", "intake.bidi-controls")]
    [TestCase("关\u200B于\uFEFF", "关于", "intake.zero-width")]
    [TestCase("关\uFFFD于", "关\uFFFD于", "intake.broken-characters")]
    public void Invisible_characters_are_stripped_with_a_warning(string text, string kept, string code)
    {
        var document = Read(Encoding.UTF8.GetBytes("第一行足够长，免得被当作二进制文件\n" + text)).Value;
        Assert.Multiple(() =>
        {
            Assert.That(document.Lines[1].Text, Is.EqualTo(kept));
            Assert.That(document.Warnings.Select(warning => (warning.Code, warning.Line)), Is.EqualTo(new[] { (code, (int?)2) }));
        });
    }

    [Test]
    public void Emoji_survive_and_lone_surrogates_are_shown_as_broken()
    {
        var reader = new DocumentReader(Limits, new PdfTextTool());
        Assert.Multiple(() =>
        {
            Assert.That(reader.ReadPasted("好👨‍👩‍👧坏").Value.Lines[0].Text, Is.EqualTo("好👨‍👩‍👧坏"));
            Assert.That(reader.ReadPasted("好\uD83D坏").Value.Lines[0].Text, Is.EqualTo("好\uFFFD坏"));
            Assert.That(reader.ReadPasted("好\uD83D坏").Value.Warnings[0].Code, Is.EqualTo("intake.broken-characters"));
            Assert.That(reader.ReadPasted(" \n ").Error?.Code, Is.EqualTo("intake.empty"));
        });
    }

    private static IEnumerable<TestCaseData> BadFiles()
    {
        TestCaseData Case(byte[] file, string? name, string code) => new TestCaseData(file, name, code).SetArgDisplayNames(name ?? "", code);
        byte[] ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];
        var docx = Docx(P("正文"));
        yield return Case([], "空.docx", "intake.empty");
        yield return Case("  \r\n"u8.ToArray(), "空.txt", "intake.empty");
        // Old and encrypted Office files share a container.
        yield return Case([.. ole, .. Encoding.Unicode.GetBytes("WordDocument")], "旧.doc", "intake.old-doc");
        yield return Case([.. ole, .. Encoding.Unicode.GetBytes("WordDocument")], "旧.docx", "intake.old-doc");
        yield return Case([.. ole, .. Encoding.Unicode.GetBytes("EncryptedPackage")], "密.docx", "intake.encrypted");
        yield return Case([.. ole, .. Encoding.Unicode.GetBytes("Workbook")], "表.xls", "intake.ole");
        // A name that promises something else.
        yield return Case(Pdf("x"), "意见.docx", "intake.type-mismatch");
        yield return Case(docx, "意见.pdf", "intake.type-mismatch");
        yield return Case(docx, "意见.txt", "intake.type-mismatch");
        yield return Case(docx, "意见.ofd", "intake.type-mismatch");
        yield return Case(Encoding.UTF8.GetBytes("正文"), "意见.docx", "intake.type-mismatch");
        yield return Case([0x89, 0x50, 0x4E, 0x47, 1, 2, 3], "意见.docx", "intake.type-mismatch");
        yield return Case(Zip([("OFD.xml", "<ofd/>")]), "意见.docx", "intake.type-mismatch");
        // Kinds that cannot be read.
        yield return Case([0x89, 0x50, 0x4E, 0x47, 1, 2, 3], "扫描.png", "intake.unsupported-type");
        yield return Case([0x4D, 0x5A, 0x90, 0, 3, 0, 0, 0], "x.exe", "intake.unsupported-type");
        yield return Case("{\\rtf1 x}"u8.ToArray(), "x.rtf", "intake.unsupported-type");
        yield return Case(Zip([("a.txt", "x")]), "x.zip", "intake.unsupported-type");
        yield return Case(Zip([("[Content_Types].xml", Types), ("_rels/.rels", Relations.Replace("word/document.xml", "xl/workbook.xml"))]), "x.xlsx", "intake.unsupported-type");
        // Text that is none.
        yield return Case([1, 2, 3, 4, 5, 6, 7, 8, 0x41], "x.txt", "intake.not-text");
        yield return Case([0xE5, 0x85, 0xB3, 0xE4, 0xBA], "断.txt", "intake.undecodable");
        yield return Case([0xC4, 0x40, 0xA4, 0x40, 0xA5, 0x5F, 0xC4, 0x41], "big5.txt", "intake.undecodable");
        yield return Case([0xFF, 0xFE, 0x41], "断16.txt", "intake.undecodable");
        // Damaged packages.
        yield return Case([.. docx[..(docx.Length / 2)]], "断.docx", "intake.docx-damaged");
        yield return Case("PK\x03\x04 and no more"u8.ToArray(), "断.docx", "intake.docx-damaged");
        yield return Case(Zip([("[Content_Types].xml", Types), ("_rels/.rels", Relations)]), "缺.docx", "intake.docx-damaged");
        yield return Case(Zip([("[Content_Types].xml", Types), ("word/document.xml", "<a/>")]), "缺.docx", "intake.docx-damaged");
        yield return Case(Zip([("[Content_Types].xml", Types), ("_rels/.rels", Relations), ("word/document.xml", "<a><b></a>")]), "坏.docx", "intake.docx-damaged");
        yield return Case(Docx(P("甲"), ("word/document.xml", "<a/>")), "双.docx", "intake.docx-damaged");
        // Attacks.
        yield return Case(Docx(P("甲"), ("word/vbaProject.bin", "x")), "宏.docm", "intake.macros");
        yield return Case(Zip([("[Content_Types].xml", Types.Replace("openxmlformats-officedocument.wordprocessingml.document.main", "ms-word.document.macroEnabled.main")), ("_rels/.rels", Relations), ("word/document.xml", "<a/>")]), "宏.docx", "intake.macros");
        yield return Case(WithMain("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>"), "外.docx", "intake.docx-dtd");
        yield return Case(WithMain("<!DOCTYPE a [<!ENTITY x \"xx\"><!ENTITY y \"&x;&x;&x;\">]><a>&y;</a>"), "笑.docx", "intake.docx-dtd");
        yield return Case(WithMain("<!DOCTYPE a SYSTEM \"http://localhost:1/x.dtd\"><a/>"), "外.docx", "intake.docx-dtd");
        yield return Case(WithMain(string.Concat(Enumerable.Repeat("<a>", 300)) + string.Concat(Enumerable.Repeat("</a>", 300))), "深.docx", "intake.docx-nesting");
        yield return Case(WithMain("<a>" + new string('x', 8_000_000) + "</a>"), "弹.docx", "intake.zip-bomb");
        yield return Case(Zip(Enumerable.Range(0, 5000).Select(i => ($"f{i}", ""))), "多.docx", "intake.zip-entries");
        // Damaged PDF.
        yield return Case("%PDF-1.4 and nothing else"u8.ToArray(), "坏.pdf", "intake.pdf-damaged");
    }

    private static byte[] WithMain(string xml) => Zip([("[Content_Types].xml", Types), ("_rels/.rels", Relations), ("word/document.xml", xml)]);

    [TestCaseSource(nameof(BadFiles))]
    public void Bad_input_has_its_own_code_and_a_Chinese_message(byte[] file, string? name, string code)
    {
        if (code == "intake.pdf-damaged" && !HasPdfText()) Assert.Ignore("pdftotext is not installed.");
        var error = Read(file, name).Error;
        Assert.That(error?.Code, Is.EqualTo(code));
        Assert.That(error!.Message, Does.EndWith("。"));
    }

    [Test]
    public void All_parts_together_may_not_inflate_beyond_the_limit()
    {
        var noise = Convert.ToBase64String(Enumerable.Range(0, 300_000).Select(i => (byte)(i * 2654435761L >> 13)).ToArray());
        var file = Docx(P("正文"), ("word/footnotes.xml", $"<a>{noise}</a>"), ("word/endnotes.xml", $"<a>{noise}</a>"));
        Assert.Multiple(() =>
        {
            Assert.That(Read(file).Ok);
            Assert.That(Read(file, limits: new ReadLimits { MaxInflatedBytes = 500_000 }).Error?.Code, Is.EqualTo("intake.zip-bomb"));
        });
    }

    [Test]
    public void A_size_stated_too_small_does_not_smuggle_a_part_in()
    {
        var file = Docx(P(new string('文', 1000)));
        // The size before packing stands 22 bytes into the name's entry of the directory.
        var at = file.AsSpan().LastIndexOf("word/document.xml"u8) - 22;
        BitConverter.TryWriteBytes(file.AsSpan(at), 10);
        Assert.That(Read(file).Error?.Code, Is.EqualTo("intake.docx-damaged"));
    }

    [TestCase(100, true)]
    [TestCase(101, false)]
    public void The_copy_of_a_stream_stops_at_the_limit(int size, bool accepted)
    {
        using var endless = new CountingStream(size);
        var result = new DocumentReader(new ReadLimits { MaxBytes = 100 }, new PdfTextTool()).ReadAsync(endless, null, CancellationToken.None).GetAwaiter().GetResult();
        Assert.That(result.Error?.Code, accepted ? Is.Null : Is.EqualTo("intake.too-large"));
    }

    [Test]
    public void An_endless_stream_is_left_soon()
    {
        using var endless = new CountingStream(long.MaxValue);
        var result = new DocumentReader(new ReadLimits { MaxBytes = 1000 }, new PdfTextTool()).ReadAsync(endless, null, CancellationToken.None).GetAwaiter().GetResult();
        Assert.Multiple(() =>
        {
            Assert.That(result.Error?.Kind, Is.EqualTo(ErrorKind.TooLarge));
            Assert.That(endless.Given, Is.LessThan(200_000));
        });
    }

    [TestCase("一二三四五", true)]
    [TestCase("一二三四五六", false)]
    [TestCase("一二\n三四", true)]
    [TestCase("一二\n三四五", false)]
    public void More_characters_than_allowed_are_refused(string text, bool accepted)
    {
        var limits = new ReadLimits { MaxCharacters = 5 };
        var expected = accepted ? null : "intake.too-long";
        Assert.Multiple(() =>
        {
            Assert.That(Read(Encoding.UTF8.GetBytes(text), limits: limits).Error?.Code, Is.EqualTo(expected));
            Assert.That(Read(Docx(string.Concat(text.Split('\n').Select(P))), limits: limits).Error?.Code, Is.EqualTo(expected));
        });
    }

    // Word.

    [Test]
    public void Paragraphs_breaks_and_tabs_become_lines() =>
        Assert.That(Text(Docx(P("关于") + "<w:p/><w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p>")), Is.EqualTo("关于\n\n甲\t乙\n丙"));

    [Test]
    public void A_table_row_is_a_line_and_a_frame_of_one_cell_is_running_text()
    {
        static string Row(params string[] cells) => $"<w:tr>{string.Concat(cells.Select(cell => $"<w:tc>{cell}</w:tc>"))}</w:tr>";
        var document = Read(Docx($"<w:tbl>{Row(P("序号"), P("名称") + P("说明"))}{Row(P("1"), "<w:tbl>" + Row(P("内"), P("表")) + "</w:tbl>")}</w:tbl><w:tbl>{Row(P("抄送") + P("印发"))}</w:tbl>")).Value;
        Assert.That(document.Lines.Select(line => (line.Text, line.Origin)), Is.EqualTo(new[]
        {
            ("序号\t名称 说明", LineOrigin.TableRow), ("1\t内 表", LineOrigin.TableRow), ("抄送", LineOrigin.Body), ("印发", LineOrigin.Body),
        }));
    }

    [Test]
    public void Tracked_changes_are_read_as_accepted_and_said()
    {
        var file = Docx("<w:p><w:r><w:t>应当在</w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>三十</w:delText></w:r></w:del><w:ins w:id=\"2\"><w:r><w:t>十五</w:t></w:r></w:ins><w:r><w:t>日内备案</w:t></w:r></w:p>");
        Assert.Multiple(() =>
        {
            Assert.That(Text(file), Is.EqualTo("应当在十五日内备案"));
            Assert.That(Warned(file), Is.EqualTo(new[] { "intake.tracked-changes" }));
        });
    }

    [Test]
    public void A_deleted_paragraph_mark_joins_and_a_deleted_row_goes() =>
        Assert.That(
            Text(Docx("<w:p><w:pPr><w:rPr><w:del w:id=\"1\"/></w:rPr></w:pPr><w:r><w:t>上半</w:t></w:r></w:p>" + P("下半")
                + "<w:tbl><w:tr><w:trPr><w:del w:id=\"2\"/></w:trPr><w:tc>" + P("去掉") + "</w:tc></w:tr><w:tr><w:tc>" + P("留下") + "</w:tc></w:tr></w:tbl>")),
            Is.EqualTo("上半下半\n留下"));

    [Test]
    public void A_moved_passage_stands_once_at_its_new_place() =>
        Assert.That(Text(Docx("<w:p><w:moveFrom w:id=\"1\"><w:r><w:t>甲</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo w:id=\"1\"><w:r><w:t>甲</w:t></w:r></w:moveTo></w:p>")), Is.EqualTo("\n甲"));

    [Test]
    public void Hidden_text_field_codes_and_comments_are_left_out_and_said()
    {
        var file = Docx("<w:p><w:commentRangeStart w:id=\"0\"/><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>明</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>", ("word/comments.xml", $"<w:comments {W}>{P("批注")}</w:comments>"));
        Assert.Multiple(() =>
        {
            Assert.That(Text(file), Is.EqualTo("明"));
            Assert.That(Warned(file), Is.EqualTo(new[] { "intake.hidden-text", "intake.comments" }));
        });
    }

    [Test]
    public void A_text_box_is_read_once_and_before_its_paragraph() =>
        Assert.That(
            Text(Docx($"<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{P("郴州市人民政府文件")}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{P("郴州市人民政府文件")}</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>正文</w:t></w:r></w:p>")),
            Is.EqualTo("郴州市人民政府文件\n正文"));

    [Test]
    public void Footnotes_heads_and_feet_follow_the_body_and_say_what_they_are()
    {
        var document = Read(Docx(
            P("正文"),
            ("word/footnotes.xml", $"<w:footnotes {W}><w:footnote w:type=\"separator\">{P("线")}</w:footnote><w:footnote>{P("注释")}</w:footnote></w:footnotes>"),
            ("word/header1.xml", $"<w:hdr {W}>{P("内部资料")}</w:hdr>"),
            ("word/header2.xml", $"<w:hdr {W}>{P("内部资料")}</w:hdr>"),
            ("word/footer1.xml", $"<w:ftr {W}>{P("— 1 —")}</w:ftr>"))).Value;
        Assert.That(document.Lines.Select(line => (line.Text, line.Origin)), Is.EqualTo(new[]
        {
            ("正文", LineOrigin.Body), ("注释", LineOrigin.Footnote), ("内部资料", LineOrigin.Header),
        }));
    }

    [Test]
    public void Numbers_that_Word_counts_by_itself_are_in_the_text()
    {
        const string level = "<w:lvl w:ilvl=\"{0}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{1}\"/><w:lvlText w:val=\"{2}\"/></w:lvl>";
        var numbering = $"<w:numbering {W}><w:abstractNum w:abstractNumId=\"7\">"
            + string.Format(null, level, 0, "chineseCountingThousand", "第%1条 ") + string.Format(null, level, 1, "chineseCounting", "（%2）") + string.Format(null, level, 2, "decimal", "%3.")
            + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>";
        var styles = $"<w:styles {W}><w:style w:styleId=\"Tiao\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>";
        static string Item(int of, string text) => $"<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{of}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>";
        var styled = "<w:p><w:pPr><w:pStyle w:val=\"Tiao\"/></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>";
        Assert.That(
            Text(Docx(Item(0, "甲") + Item(1, "子") + Item(1, "丑") + Item(2, "寅") + styled + Item(1, "卯"), ("word/numbering.xml", numbering), ("word/styles.xml", styles))),
            Is.EqualTo("第一条 甲\n（一）子\n（二）丑\n1.寅\n第二条 乙\n（一）卯"));
    }

    [TestCase(1, "一")]
    [TestCase(10, "十")]
    [TestCase(11, "十一")]
    [TestCase(20, "二十")]
    [TestCase(105, "一百零五")]
    [TestCase(110, "一百一十")]
    [TestCase(1005, "一千零五")]
    public void Long_lists_count_in_Chinese(int last, string label)
    {
        var numbering = $"<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"{last}\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>";
        Assert.That(Text(Docx("<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>末</w:t></w:r></w:p>", ("word/numbering.xml", numbering))), Is.EqualTo(label + "、末"));
    }

    [Test]
    public void Files_of_the_strict_standard_are_read() =>
        Assert.That(
            Text(WithMain("<w:document xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>")),
            Is.EqualTo("正文"));

    [Test]
    public void A_Word_file_of_pictures_only_is_kept_and_its_text_asked_for()
    {
        var document = Read(Docx("<w:p><w:r><w:drawing><pic:pic xmlns:pic=\"urn:x\"/></w:drawing></w:r></w:p>")).Value;
        Assert.Multiple(() =>
        {
            Assert.That(document.State, Is.EqualTo(TextState.NoTextLayer));
            Assert.That(document.Request, Does.Contain("粘贴"));
            Assert.That(document.Warnings.Select(warning => warning.Code), Is.EqualTo(new[] { "intake.pictures" }));
        });
    }

    [Test]
    public void Whatever_bytes_follow_a_signature_there_is_an_answer_and_no_exception()
    {
        var random = new Random(20130326);
        var good = Docx(P("郴政发〔2013〕2号"), ("word/numbering.xml", $"<w:numbering {W}/>"));
        Assert.Multiple(() =>
        {
            for (var i = 0; i < 2000; i++)
            {
                var file = (byte[])good.Clone();
                for (var flips = random.Next(1, 6); flips > 0; flips--) file[random.Next(file.Length)] = (byte)random.Next(256);
                Assert.That(() => Read(file), Throws.Nothing, $"run {i}");
            }
        });
    }

    // OFD and PDF.

    [Test]
    public void An_OFD_is_kept_as_material_and_its_text_asked_for()
    {
        var document = Read(Zip([("OFD.xml", "<ofd/>")]), "意见.ofd").Value;
        Assert.That((document.Media, document.State, document.TextIsWanted), Is.EqualTo((DocumentMedia.Ofd, TextState.ReaderMissing, true)));
    }

    [Test]
    public void The_text_layer_of_a_PDF_is_read()
    {
        if (!HasPdfText()) Assert.Ignore("pdftotext is not installed.");
        var document = Read(Pdf("Filing 2013"), "a.pdf").Value;
        Assert.That((document.State, document.Lines[0].Text), Is.EqualTo((TextState.Read, "Filing 2013")));
    }

    [Test]
    public void A_PDF_without_text_is_kept_and_its_text_asked_for()
    {
        if (!HasPdfText()) Assert.Ignore("pdftotext is not installed.");
        Assert.That(Read(Pdf(null), "a.pdf").Value.State, Is.EqualTo(TextState.NoTextLayer));
    }

    [Test]
    public void Without_the_program_a_PDF_is_kept_and_its_text_asked_for() =>
        Assert.That(Read(Pdf("x"), "a.pdf", pdf: new PdfTextTool("no-such-pdftotext")).Value.State, Is.EqualTo(TextState.ReaderMissing));

    // A program that misbehaves, in the place of pdftotext.
    [TestCase("sleep 30", TextState.ReaderGaveUp)]
    [TestCase("cat >/dev/null; exit 99", TextState.ReaderGaveUp)]
    [TestCase("echo 'Error: Out of memory' >&2; exit 1", TextState.ReaderGaveUp)]
    [TestCase("exit 3", TextState.ExtractionForbidden)]
    [TestCase("kill -9 $$", TextState.ReaderGaveUp)]
    [Platform(Exclude = "Win")]
    public void A_misbehaving_program_does_no_harm(string script, TextState expected) => WithProgram(script, tool =>
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.That(Read(Pdf("x"), "a.pdf", pdf: tool with { TimeLimit = TimeSpan.FromSeconds(script.StartsWith("sleep", StringComparison.Ordinal) ? 1 : 20) }).Value.State, Is.EqualTo(expected));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(25)));
    });

    [TestCase("yes 依法行政", "intake.too-long")]
    [TestCase("echo 'Command Line Error: Incorrect password' >&2; exit 1", "intake.encrypted")]
    [Platform(Exclude = "Win")]
    public void Endless_output_and_passwords_are_refused(string script, string code) =>
        WithProgram(script, tool => Assert.That(Read(Pdf("x"), "a.pdf", pdf: tool).Error?.Code, Is.EqualTo(code)));

    private static void WithProgram(string script, Action<PdfTextTool> test)
    {
        var path = Path.Combine(Path.GetTempPath(), $"filing-{Guid.CreateVersion7():N}.sh");
        File.WriteAllText(path, "#!/bin/sh\n" + script + "\n");
        try
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            test(new PdfTextTool(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static bool HasPdfText() => Read(Pdf("x"), "a.pdf").Value.State == TextState.Read;

    private sealed class CountingStream(long length) : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var give = (int)Math.Min(count, length - Given);
            buffer.AsSpan(offset, give).Fill((byte)'a');
            Given += give;
            return give;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
