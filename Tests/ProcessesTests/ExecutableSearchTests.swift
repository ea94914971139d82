import Glibc
import Processes
import Testing

/// Finding programs.
@Suite struct ExecutableSearchTests {
    @Test func findsWhatIsOnThePath() throws {
        let path = try ExecutableSearch.path(of: "sh")
        #expect(path.hasPrefix("/") && path.hasSuffix("/sh"))
        unsafe #expect(access(path, X_OK) == 0)
    }

    @Test func aPathIsTakenAsItIs() throws {
        #expect(try ExecutableSearch.path(of: "/no/such/program") == "/no/such/program")
    }

    @Test func aMissingProgramIsNamed() {
        #expect(throws: ProcessError.notFound(name: "fibq-no-such-program")) {
            try ExecutableSearch.path(of: "fibq-no-such-program")
        }
        #expect("\(ProcessError.notFound(name: "x"))" == "x was not found on the PATH")
    }

    @Test func knowsTheRunningProgram() {
        unsafe #expect(access(ExecutableSearch.current, X_OK) == 0)
    }
}
