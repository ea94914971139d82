import Foundation
import Harness
import Testing
import TestSupport

@Suite struct RunFolderTests {
    private let temporary: TemporaryFolder

    init() throws {
        temporary = try TemporaryFolder()
    }

    @Test func aNewFolderIsMadeWithAllAboveIt() throws {
        let path = temporary.path(of: "a/b/run")
        let folder = try RunFolder(output: path)
        #expect(folder.path == path)
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func anEmptyFolderIsTaken() throws {
        let folder = try RunFolder(output: temporary.path)
        #expect(folder.path == temporary.path)
    }

    @Test func aFolderInUseIsRefusedAndLeftAlone() throws {
        let file = try temporary.write("mine", to: "file")
        let refusal = #expect(throws: HarnessError.self) { try RunFolder(output: temporary.path) }
        #expect(refusal?.exitCode == 64)
        #expect("\(try #require(refusal))".contains("\(temporary.path) is in use"))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    }

    @Test func aFileIsNoFolder() throws {
        let file = try temporary.write("mine", to: "file")
        #expect(throws: HarnessError.self) { try RunFolder(output: file) }
        #expect(RunFolder(existing: file) == nil)
        #expect(RunFolder(existing: temporary.path(of: "nothing")) == nil)
    }

    /// The name is the start in UTC and four hexadecimal digits, so that names sort by time.
    @Test func theNameIsTheStart() throws {
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        let folder = try RunFolder(output: temporary.path, now: start)
        #expect(folder.runID.wholeMatch(of: /20231114-221320-[0-9a-f]{4}/) != nil, "\(folder.runID)")
    }
}
