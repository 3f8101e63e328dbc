"""The version of Benchwright, as recorded in every manifest."""

VERSION = "0.1.0"
