"""The example documents of `benchwright demo`: two fictitious companies, English and Korean, in four file formats.

Tarnbrook Instruments makes water sensors; 여울빛가전 makes household appliances. Both, and everyone they name, are
invented. The files lie in `documents/en` and `documents/ko` as Markdown, PDF, DOCX and HTML.
"""
