import Foundation
import Glibc
import Measurement
import Reporting
import Testing

@Suite("CSV writer")
struct CSVWriterTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    @Test("a file is its header and its rows")
    func whole() throws {
        try CSVWriter<LatencyRow>.write(LatencyRow.samples, into: directory.path)
        let lines = LatencyRow.samples.map { CSVText.line(of: $0) }
        #expect(try directory.text(of: "latency.csv") == CSVText.header(of: LatencyRow.self) + lines.joined())
        #expect(try directory.names == ["latency.csv"])
    }

    @Test("a table without rows is its header")
    func empty() throws {
        try CSVWriter<IORow>.write([], into: directory.path)
        #expect(try directory.text(of: "io.csv") == CSVText.header(of: IORow.self))
    }

    @Test("more rows than the buffer holds are all there")
    func many() throws {
        var writer = try CSVWriter<AccuracyRow>(path: directory.file("a.csv"))
        for n in 0..<10_000 { try writer.write(.sample(n, "binet", bits: 53, ulp: 1, isExact: true)) }
        try writer.finish()
        let lines = try directory.text(of: "a.csv").split(separator: "\n")
        #expect(lines.count == 10_001)
        #expect(lines[10_000].hasPrefix("1,run-1,cell-a,2,9999,binet,"))
    }

    @Test("a file that is not finished leaves nothing behind, and the older one as it was")
    func unfinished() throws {
        try directory.put("old", at: "latency.csv")
        do {
            var writer = try CSVWriter<LatencyRow>(path: directory.file("latency.csv"))
            try writer.write(LatencyRow.samples[0])
        }
        #expect(try directory.names == ["latency.csv"])
        #expect(try directory.text(of: "latency.csv") == "old")
    }

    @Test("a finished file replaces the older one")
    func replaced() throws {
        try directory.put("old", at: "latency.csv")
        try CSVWriter<LatencyRow>.write([], into: directory.path)
        #expect(try directory.text(of: "latency.csv") == CSVText.header(of: LatencyRow.self))
    }

    @Test("a folder that does not exist is an error with the path")
    func missingFolder() {
        let path = directory.file("none") + "/latency.csv.partial"
        #expect(throws: ReportingError.system(SystemCallFailure(operation: "open", path: path, code: ENOENT))) {
            try CSVWriter<LatencyRow>.write([], into: directory.file("none"))
        }
    }

    @Test("a full disk is an error, and nothing is left")
    func fullDisk() throws {
        let full = directory.file("a.csv.partial")
        try FileManager.default.createSymbolicLink(atPath: full, withDestinationPath: "/dev/full")
        do throws(ReportingError) {
            var writer = try CSVWriter<LatencyRow>(path: directory.file("a.csv"))
            try writer.finish()
            Issue.record("a full disk took it")
        } catch {
            #expect(error == .system(SystemCallFailure(operation: "write", path: full, code: ENOSPC)))
            #expect(error.description.hasSuffix("a.csv.partial: write: No space left on device"))
        }
        #expect(try directory.names == [])
    }
}
