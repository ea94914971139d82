import Foundation
import Harness
import Testing

/// What `fibq verify` finds: each change by the check that is for it.
@Suite struct VerificationTests {
    /// What is wrong with a copy, by check.
    private func problems(_ copy: RecordedCopy) throws -> [CheckOutcome.Check: [String]] {
        let outcomes = try FolderVerification(copy.path).outcomes.filter { !$0.isOK }
        return Dictionary(uniqueKeysWithValues: outcomes.map { ($0.check, $0.problems) })
    }

    /// Every folder of the repository that has a manifest, and all that are in them.
    @Test(arguments: Self.committed) func committedResultsAreAllRight(name: String) throws {
        let verification = try FolderVerification("\(RecordedCopy.results)/\(name)")
        #expect(verification.isOK, "\(verification.lines.joined(separator: "\n"))")
    }

    private static let committed: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: RecordedCopy.results)) ?? []
        return names.sorted().filter {
            FileManager.default.fileExists(atPath: "\(RecordedCopy.results)/\($0)/manifest.json")
        }
    }()

    @Test func thereAreCommittedResults() { #expect(Self.committed.count > 20) }

    // MARK: Files

    @Test func aChangedByteIsFoundByTheSums() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try copy.edit("accuracy.csv") { $0.replacing("recursive", with: "recursave") }
        #expect(try problems(copy) == [.sums: ["accuracy.csv is not the file that was signed: get it once more"]])
    }

    /// Columns that are cut off are no older table's.
    @Test(arguments: [("latency.csv", 9, "min_us"), ("summary.csv", 8, "workers"), ("io.csv", 6, "tasks")])
    func missingColumnsAreFoundByTheTables(name: String, columns: Int, first: String) throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try copy.edit(name) { text in
            text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
                .map { $0.prefix(columns).joined(separator: ",") + "\n" }.joined()
        }
        try copy.sign(name)
        let problem =
            "\(copy.path)/\(name):1: lacks the column \(first): get the file once more, or use the fibq that made it"
        #expect(try problems(copy) == [.tables: [problem]])
    }

    @Test func aFolderInPlaceOfATableIsFoundByTheTables() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try copy.remove("io.csv")
        try FileManager.default.createDirectory(atPath: "\(copy.path)/io.csv", withIntermediateDirectories: false)
        let problem = "\(copy.path)/io.csv: can't be read (read: Is a directory): get the file once more"
        #expect(try problems(copy)[.tables] == [problem])
    }

    @Test func aMissingFileIsFoundByTheSums() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try copy.remove("io.csv")
        #expect(try problems(copy) == [.sums: ["io.csv is missing: get it once more"]])
    }

    @Test func aTableThatNobodySignedIsFound() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try FileManager.default.copyItem(
            atPath: "\(RecordedCopy.results)/soak/faults.csv", toPath: "\(copy.path)/faults.csv")
        #expect(try problems(copy).keys.contains(.files))
    }

    @Test func aFileThatIsNoTableIsNoFailure() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try "mine".write(toFile: "\(copy.path)/notes.txt", atomically: true, encoding: .utf8)
        let verification = try FolderVerification(copy.path)
        #expect(verification.isOK)
        #expect(verification.lines.contains("  note   files: not named by the manifest: notes.txt"))
    }

    @Test func anotherSchemaVersionIsFoundByTheManifest() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try copy.edit("manifest.json") { $0.replacing("\"schema_version\" : 1", with: "\"schema_version\" : 0") }
        let found = try problems(copy)
        #expect(found.keys.sorted { $0.rawValue < $1.rawValue } == [.manifest])
        #expect(found[.manifest]?.first?.contains("is of schema version 0, and this fibq knows version 1") == true)
    }

    @Test func withoutAManifestNothingCanBeSaid() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try copy.remove("manifest.json")
        let error = try #require(throws: HarnessError.self) { try FolderVerification(copy.path) }
        #expect(error.exitCode == 65)
        #expect("\(error)".hasSuffix("has no manifest.json: name a folder that fibq made"))
        try "".write(toFile: "\(copy.path)/load-1.enqueue.journal", atomically: true, encoding: .utf8)
        let begun = try #require(throws: HarnessError.self) { try FolderVerification(copy.path) }
        #expect("\(begun)".contains("it is still being made, or was never ended"))
        #expect(throws: HarnessError.self) { try FolderVerification("\(copy.path)/nowhere") }
    }

    // MARK: Tables

    @Test func aCutFileIsFoundByTheTables() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try copy.edit("intervals.csv") { String($0.dropLast(20)) }
        try copy.sign("intervals.csv")
        let found = try problems(copy)
        #expect(Array(found.keys) == [.tables])
        #expect(found[.tables]?.first?.contains("ends in the middle of a line") == true)
    }

    @Test func aShareAboveOneIsFoundByTheTables() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try copy.set("io_share", in: "io.csv", to: "1.5")
        let found = try problems(copy)
        #expect(Array(found.keys) == [.tables])
        #expect(found[.tables]?.first?.contains("io.csv:2: the column io_share holds \"1.5\"") == true)
    }

    @Test func aRowOfAnotherRunIsFoundByTheKeys() throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        try copy.set("repetition", in: "io.csv", to: "2")
        #expect(try Array(problems(copy).keys) == [.keys])
    }

    // MARK: Files that do not agree

    private static let disagreements: [(String, String, String, CheckOutcome.Check)] = [
        ("acked", "summary.csv", "15619", .counts), ("acked", "intervals.csv", "1", .counts),
        ("count", "latency.csv", "7", .counts), ("p50_us", "latency.csv", "999999999.000", .latencies),
        ("tasks", "io.csv", "7", .costs), ("wall_s", "io.csv", "1.000000", .costs),
        ("cpu_share", "io.csv", "1.5000", .costs),
    ]

    @Test(arguments: Self.disagreements) func figuresThatDoNotAgreeAreFound(
        column: String, file: String, value: String, check: CheckOutcome.Check
    ) throws {
        let copy = try RecordedCopy(of: "starved/c001-r1")
        let row = file == "intervals.csv" ? 3 : 1
        try copy.set(column, of: row, in: file, to: value)
        let found = try problems(copy)
        #expect(found.keys.contains(check), "\(found)")
    }

    @Test func theRunsOfASweepAreVerifiedToo() throws {
        let copy = try RecordedCopy(of: "starved")
        try copy.edit("c002-r1/latency.csv") { $0.replacing("fib-", with: "fob-") }
        let found = try problems(copy)
        #expect(Array(found.keys) == [.parts])
        #expect(found[.parts]?.first?.contains("c002-r1: sums: latency.csv is not the file that was signed") == true)
    }

    @Test func aCellThatDisagreesWithItsRunIsFound() throws {
        let copy = try RecordedCopy(of: "starved")
        try copy.set("redis_commands", of: 2, in: "cells.csv", to: "721371")
        #expect(
            try problems(copy) == [
                .cells: ["cells.csv:3: redis_commands is \"721371\", and in c002-r1/summary.csv \"721370\""]
            ])
    }

    @Test func aRunThatWasNotMadeIsFound() throws {
        let copy = try RecordedCopy(of: "starved")
        try copy.edit("cells.csv") { $0.components(separatedBy: "\n").dropLast(2).joined(separator: "\n") + "\n" }
        try copy.sign("cells.csv")
        #expect(try problems(copy) == [.repetitions: ["number of cells in cells.csv is 1, and that of the plan 2"]])
    }

    @Test func anEstimateThatDoesNotFollowIsFound() throws {
        let copy = try RecordedCopy(of: "identical")
        try copy.set("median", in: "estimates.csv", to: "6012.111")
        let found = try problems(copy)
        #expect(Array(found.keys) == [.estimates])
        #expect(found[.estimates]?.first?.hasPrefix("estimates.csv:2: median is 6012.111, and 5012.11") == true)
    }

    /// Each change leaves the rest as it was, and one of them the number of rows, too.
    @Test func rowsThatAreNotThoseOfTheEstimatesAreNamed() throws {
        let copy = try RecordedCopy(of: "identical")
        let rows = try String(contentsOfFile: "\(copy.path)/estimates.csv", encoding: .utf8)
        func found(_ text: String) throws -> [CheckOutcome.Check: [String]] {
            try copy.edit("estimates.csv") { _ in text }
            try copy.sign("estimates.csv")
            return try problems(copy)
        }
        var lines = rows.components(separatedBy: "\n")
        try #require(lines.count == 12 && lines[2].contains(",end_to_end_intended_p50,"))
        let second = lines.remove(at: 2)
        let lack = "estimates.csv lacks end_to_end_intended_p50 of c001"
        #expect(try found(lines.joined(separator: "\n")) == [.estimates: [lack]])
        let twice = "estimates.csv:12: there is another row of end_to_end_intended_p50 of c001"
        #expect(try found(rows + second + "\n") == [.estimates: [twice]])
        let other = second.replacing(",end_to_end_intended_p50,", with: ",service_p50,")
        let extra = "estimates.csv:2: the sweep does not estimate service_p50 of c001"
        lines.insert(other, at: 1)
        #expect(try found(lines.joined(separator: "\n")) == [.estimates: [extra, lack]])
    }

    @Test func aFailoverThatDoesNotFollowIsFound() throws {
        let copy = try RecordedCopy(of: "failover-500")
        try copy.set("faults_with_loss", in: "failover.csv", to: "1")
        #expect(
            try problems(copy) == [.failovers: ["failover.csv:2: is not what the faults of c001 come to"]])
        try copy.edit("failover.csv") { $0.components(separatedBy: "\n")[0] + "\n" }
        try copy.sign("failover.csv")
        #expect(try problems(copy) == [.failovers: ["failover.csv has 0 rows, and the faults come to 1"]])
    }

    @Test func aFigureThatTheRuleJudgesIsEstimated() throws {
        let copy = try RecordedCopy(of: "identical")
        let rule = "until: {percentile: p50, latency: service, within: 5%, most: 12}\\n"
        try copy.edit("manifest.json") { $0.replacing("\"plan\" : \"", with: "\"plan\" : \"\(rule)") }
        let lacks = ["c001", "c002"].map { "estimates.csv lacks service_p50 of \($0)" }
        #expect(try problems(copy) == [.estimates: lacks])
    }

    @Test func aLineForEachCheck() throws {
        let lines = try FolderVerification("\(RecordedCopy.results)/starved/").lines
        #expect(lines.first == "\(RecordedCopy.results)/starved")
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ok     ") })
        #expect(lines.last == "  ok     parts: 2 folders within, with all checks of their own")
    }
}
