import Reporting
import Testing

@Suite("Live view")
struct TopScreenTests {
    private static let sizes = [(80, 24), (40, 10), (200, 60), (20, 5), (9, 3), (1, 1), (300, 2)]

    @Test("no line is wider than the terminal, and there are no more than it has", arguments: sizes)
    func fits(width: Int, height: Int) {
        var page = samplePage()
        page.alarms = ["the connection to Redis was lost: \(String(repeating: "far away ", count: 20))"]
        let lines = TopScreen(page, hint: "q quits").lines(width: width, height: height)
        #expect(!lines.isEmpty && lines.count <= height)
        for line in lines { #expect(line.width <= width && TextWidth.columns(of: line.text) <= width) }
    }

    @Test("no text of others gets further than the edge, or obeyed", arguments: sizes)
    func strange(width: Int, height: Int) {
        var page = samplePage()
        page.queue = "注文\u{1B}[2J\u{202E}キュー👩‍👩‍👧‍👦🇩🇪e\u{301}"
        page.letters = [.init(id: "x", kind: "種類種類種類種類種類種類", reason: "壊れた\r\n\u{7}\u{9B}31m\u{1F9E8}")]
        page.claims = [.init(name: "𠀀𠀀", holder: "한국어", tasks: 1, leftSeconds: nil, renewal: nil)]
        let lines = TopScreen(page).lines(width: width, height: height)
        for line in lines {
            #expect(line.width <= width)
            #expect(
                line.text.unicodeScalars.allSatisfy {
                    $0.value >= 32 && !(127...159).contains($0.value) && $0.value != 0x202E
                })
        }
    }

    @Test("no terminal, no lines", arguments: [(0, 24), (80, 0), (-1, -1)])
    func nothing(width: Int, height: Int) {
        #expect(TopScreen(samplePage()).lines(width: width, height: height).isEmpty)
    }

    @Test("as text there is all of it, and no line ends in blanks")
    func whole() {
        let text = TopScreen(samplePage()).text(width: 100)
        for part in ["orders", "k3      17", "expired", "its worker vanished 6 times", "evalsha", "t2.small 29.5"] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(text.hasSuffix("\n") && !text.contains(" \n"))
    }

    @Test("what is cut says of how many it is some")
    func cut() {
        var page = samplePage()
        page.tasks.claims = 1_500
        let lines = TopScreen(page).lines(width: 80, height: 60).map(\.text)
        #expect(lines.contains { $0.hasPrefix("Claims 3 of 1,500 ") })
    }

    @Test("what is not known is said, or left out")
    func unknown() {
        var page = TopPage(queue: "q", queueProtocol: "pop", server: "s", clock: "00:00:00 UTC")
        page.latest = TopPage.Rates(seconds: 1)
        let text = TopScreen(page).text(width: 100)
        #expect(text.contains("in flight not known") && text.contains("enqueued –  done –"))
        page.latest?.finished = 12
        let followed = TopScreen(page).text(width: 100)
        let rates = "Rates     enqueued –  done –  finished, by the run 12.0/s  over 1.00 s"
        #expect(followed.contains(rates), "\(followed)")
        #expect(text.contains("not listed: the server has 0 connections"))
        #expect(text.contains("memory only: what it dies with is lost"))
        page.waits.predicted = .infinity
        #expect(TopScreen(page).text(width: 100).contains("a new task will wait for ever at this rate"))
        #expect(!text.contains("≈") && !text.contains("Claims") && !text.contains("Credits"))
    }

    @Test("one line for a file")
    func line() {
        var page = samplePage()
        #expect(
            page.line
                == "12:34:56 UTC · waiting 1,234,567 · retry 3 · delayed 12 · in flight 514 · claims 3 · dead 2"
                + " · enqueued 50,000/s · handed out 100,900/s · done ≈101,000/s · backlog -51,002/s · memory 64.0 MiB · CPU 34.5 %"
                + " · credits 29.5")
        (page.isStale, page.alarms) = (true, ["gone\n; the figures are old"])
        #expect(page.line == "! gone\u{FFFD}; the figures are old")
    }
}
