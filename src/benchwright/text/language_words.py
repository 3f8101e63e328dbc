"""What tells languages in Latin letters apart: their small words, what they write above tables, their own letters."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SMALL_WORDS: dict[str, str] = {
    "en": "the of and to in is that for it was on with as are be by this at from or an have has not which were "
    "their its been will would can but they we you he she his her all any if when who what how our your about "
    "into than other should a no so may more such only these those there",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus "
    "er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber "
    "vor zur bis mehr durch",
    "fr": "le la les de des et du en un une est que dans qui pour pas sur au par plus avec ce il sont aux se ne "
    "cette ou son ses nous vous été mais comme leur être elle l d c qu ont fait tout sans",
    "es": "el la los las de que y en un una es se no por con para su al lo como más del pero sus le ha o este sí "
    "porque esta entre cuando muy sin sobre ser también fue hasta hay donde son están desde nos durante",
    "it": "il lo la i gli le di che e un una è per in con non si da del della sono come più dei al ha nel alla "
    "anche ma delle dal su questo questa o essere ed era sua suo ai dalla nella degli fra hanno",
    "pt": "o a os as de que e do da em um uma para com não por mais dos das se na no ao é como mas foi ele seu sua "
    "ou ser quando muito há nos já está também pelo pela até isso entre era depois sem mesmo aos são",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij door wordt die naar "
    "heeft hun uit nog worden tot wel over ze deze kan geen werd of hij was meer je",
    "sv": "och i att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan man "
    "när år under också efter eller nu sin där vid mot ska skulle",
    "da": "og i at det er en til på som de med for af den har ikke et der var fra han om men sig vi kan så ved også "
    "eller efter blev når hun hvor nu bliver skal været",
    "no": "og i det er en til på som for med at av de den har ikke et om fra var han men seg vi kan så ved også "
    "eller etter ble når hun hvor nå blir skal vært",
    "fi": "ja on ei että se oli hän mutta ovat kun niin myös tai kuin joka sen ole voi sekä jos vain mukaan vuoden "
    "jotka olla tämä hänen ollut kanssa mitä",
    "pl": "i w na z do się nie że to o jest jak po od za przez dla ale czy był są tym oraz być tego także jego już "
    "może tylko przy które jej ich lub ze co który została",
    "cs": "a v se na je že s z do o i k ve pro za by ale jsou jako po od jeho jsem si který byl nebo již až tak "
    "podle také být které bude při však která může",
    "tr": "ve bir bu da de için ile olarak çok daha olan gibi en kadar sonra ne olduğu var ancak ya ise o her "
    "tarafından göre değil veya üzere bütün oldu edilen",
    "vi": "và của là có trong được cho các với không một những này đã người để khi từ đến ra về như năm vào tại "
    "theo cũng trên nhiều sau bị nhưng hay phải",
    "id": "yang dan di dari untuk dengan pada ini itu dalam tidak adalah akan oleh sebagai juga atau ke telah dapat "
    "ada bisa lebih karena mereka tersebut kami saat sudah anda harus",
    "ro": "și de în a la cu pe care o nu din că pentru este un mai fi au fost sau ca prin dar sunt după se lui ale "
    "ce cel această către între",
    "hu": "a az és hogy nem is egy ez volt meg de csak már mint el ha még vagy lehet azt van minden kell több ki "
    "így után majd amely között",
    "ca": "de la el i que en els les un una per amb és del al no es com més dels va ser però seva seu aquest "
    "aquesta són també entre ha perquè",
    "lt": "ir yra kad su iš į ne tai buvo nuo bet apie pagal per tik dėl kaip arba jo jos už šis ši gali būti bus prie "
    "po kurie taip jau dar turi metų",
    "lv": "un ir par no ar uz ka tas bija kas pēc gan vai bet kā šis šī arī tika to lai tiek pie gadā līdz nav būt var "
    "viņa ko ja pa",
    "et": "ja on ei et see ta oma mis kui ka oli aga või kes seda selle nii ning välja üle pärast veel juba kuid nende "
    "aasta peab võib olema",
    "sk": "a v sa na je že so z do o k vo pre za by ale sú ako po od jeho som si ktorý bol alebo už až tak podľa tiež "
    "byť ktoré bude však ktorá môže",
    "sl": "in je v na da se za so z ki s po pa ne od tudi pri kot bi ali kar tem lahko bil ter to do iz še že biti",
    "hr": "i u je na se da su za od s a kao koji ne će što iz ili do po bi nije bio koje te ali sa može biti o "
    "prema samo",
    "ms": "yang dan di dengan untuk ini itu dalam tidak pada adalah akan oleh ialah kepada daripada atau telah boleh "
    "kerana tersebut anda juga bagi lebih satu senarai semua",
    "eu": "eta da ez dira izan bat du ere baina hau den bere edo beste duen egin dute dela zen hori dituzte",
    "gl": "o a os as de que e do da en un unha para con non por máis dos das no na ao é como mais pero foi seu súa "
    "ou ser cando moi hai xa está tamén pola ata isto entre era",
    "is": "og í að er á sem til við um en var ekki það af með hann fyrir hún þess frá þau eru hafa verið eða",
}

SMALL_WORDS = {language: _words(words) for language, words in _SMALL_WORDS.items()}
"""The words that running text is full of."""

_LABELS: dict[str, str] = {
    "en": "name date price total number page table year amount item description quantity product service company "
    "address email phone title summary status report type value unit notes details hours day days month policy "
    "employee office team manager question answer section chapter introduction first last new city country category "
    "cost version contents",
    "de": "name vorname datum preis menge summe gesamt nummer seite tabelle jahr betrag artikel beschreibung anzahl "
    "firma adresse telefon ort stadt land größe gewicht stückzahl einheit abteilung mitarbeiter monat kosten",
    "fr": "nom prénom date prix quantité somme numéro tableau année montant article société adresse téléphone ville "
    "pays taille poids unité service employés mois coût désignation libellé",
    "es": "nombre apellido apellidos fecha precio cantidad suma número página tabla año importe artículo descripción "
    "empresa dirección teléfono ciudad país tamaño peso unidad departamento empleados mes coste costo",
    "it": "nome cognome data prezzo quantità somma totale numero pagina tabella anno importo articolo descrizione "
    "azienda indirizzo telefono città paese peso unità reparto dipendenti mese costo",
    "pt": "nome sobrenome data preço quantidade soma número página tabela ano valor artigo descrição empresa endereço "
    "telefone cidade país tamanho peso unidade departamento funcionários mês custo",
    "nl": "naam voornaam datum prijs aantal totaal nummer pagina tabel jaar bedrag artikel omschrijving bedrijf adres "
    "telefoon stad land gewicht eenheid afdeling medewerkers maand kosten",
    "sv": "namn datum pris antal summa nummer sida tabell år belopp artikel beskrivning företag adress telefon stad "
    "land storlek vikt enhet avdelning anställda månad kostnad",
    "da": "navn dato pris antal sum nummer side tabel år beløb vare beskrivelse virksomhed adresse telefon by land "
    "størrelse vægt enhed afdeling medarbejdere måned omkostning",
    "no": "navn dato pris antall sum nummer side tabell år beløp vare beskrivelse bedrift adresse telefon by land "
    "størrelse vekt enhet avdeling ansatte måned kostnad",
    "fi": "nimi päivämäärä hinta määrä yhteensä numero sivu taulukko vuosi summa tuote kuvaus yritys osoite puhelin "
    "kaupunki maa koko paino yksikkö osasto työntekijät kuukausi kustannus",
    "pl": "nazwa imię nazwisko data cena ilość suma razem numer strona tabela rok kwota towar opis firma adres telefon "
    "miasto kraj rozmiar waga jednostka dział pracownicy miesiąc koszt",
    "cs": "název jméno příjmení datum cena množství součet celkem číslo strana tabulka rok částka zboží popis firma "
    "adresa telefon město země velikost hmotnost jednotka oddělení zaměstnanci měsíc náklady",
    "sk": "názov meno priezvisko dátum cena množstvo súčet spolu číslo strana tabuľka rok suma tovar popis firma "
    "adresa telefón mesto krajina veľkosť hmotnosť jednotka oddelenie zamestnanci mesiac náklady",
    "sl": "naziv ime priimek datum cena količina vsota skupaj številka stran tabela leto znesek izdelek opis podjetje "
    "naslov telefon mesto država velikost teža enota oddelek zaposleni mesec strošek",
    "hr": "naziv ime prezime datum cijena količina zbroj ukupno broj stranica tablica godina iznos proizvod opis "
    "tvrtka adresa telefon grad država veličina težina jedinica odjel zaposlenici mjesec trošak",
    "hu": "név vezetéknév dátum ár mennyiség összeg összesen szám oldal táblázat év tétel leírás cég cím telefon város "
    "ország méret súly egység osztály dolgozók hónap költség",
    "ro": "nume prenume dată preț cantitate sumă total număr pagină tabel an valoare articol descriere firmă adresă "
    "telefon oraș țară mărime greutate unitate departament angajați lună cost",
    "tr": "ad adı soyad soyadı isim tarih tarihi fiyat adet miktar toplam tutar numara sayfa tablo yıl yıllık ürün "
    "açıklama şirket adres telefon şehir ülke boyut ağırlık birim bölüm çalışan sayısı ay aylık gelir gider maliyet",
    "lt": "pavadinimas vardas pavardė data kaina kiekis suma iš viso numeris puslapis lentelė metai prekė aprašymas "
    "įmonė adresas telefonas miestas šalis dydis svoris vienetas skyrius darbuotojai mėnuo pajamos išlaidos",
    "lv": "nosaukums vārds uzvārds datums cena daudzums summa kopā numurs lapa tabula gads prece apraksts uzņēmums "
    "adrese tālrunis pilsēta valsts izmērs svars vienība nodaļa darbinieki mēnesis izmaksas",
    "et": "nimi nimetus kuupäev hind kogus summa kokku number lehekülg tabel aasta toode kirjeldus ettevõte aadress "
    "telefon linn riik suurus kaal ühik osakond töötajad kuu kulu",
    "ms": "nama harga kuantiti jumlah tarikh nombor muka surat jadual tahun barang keterangan syarikat alamat telefon "
    "bandar negara saiz berat unit jabatan pekerja bulan kos bilangan",
    "id": "nama harga jumlah kuantitas tanggal nomor halaman tabel tahun barang keterangan perusahaan alamat telepon "
    "kota negara ukuran berat satuan departemen karyawan bulan biaya",
    "vi": "tên họ ngày giá số lượng tổng cộng trang bảng năm tiền hàng mô tả công ty địa chỉ điện thoại thành phố nước "
    "đơn vị phòng nhân viên tháng",
    "ca": "nom cognom data preu quantitat suma número pàgina taula any import article descripció empresa adreça "
    "telèfon ciutat país mida pes unitat departament treballadors mes cost",
}
LABELS = {language: _words(words) for language, words in _LABELS.items()}
"""The words that stand above columns: a list of prices has hardly any others."""

LETTERS: dict[str, str] = {
    "en": "",
    "de": "äöüß",
    "fr": "àâçéèêëîïôùûœ",
    "es": "áéíñóúü",
    "it": "àèéìòù",
    "pt": "áâãàçéêíóôõú",
    "nl": "éëï",
    "sv": "åäö",
    "da": "åæø",
    "no": "åæø",
    "fi": "äö",
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíľĺňóôŕšťúýž",
    "sl": "čšž",
    "hr": "čćđšž",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșțşţ",
    "tr": "çğıöşüâ",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "et": "äõöüšž",
    "is": "áæðéíóöþúý",
    "vi": "àáâãèéêìíòóôõùúýăđĩũơư" + "".join(map(chr, range(0x1EA0, 0x1EFA))),
    "ca": "àçèéíïòóúü",
    "gl": "áéíñóú",
    "eu": "ñ",
}
"""The letters beyond `a` to `z` that a language writes."""
