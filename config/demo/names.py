"""Names for the learners of the demo class, from many places."""

GIVEN = (
    "Abena Adrián Aiko Amina Anouk Arjun Astrid Bogdan Carmen Chidi Daria Diego Elif Emeka Eszter "
    "Farid Freya Giulia Goran Hana Henrik Hugo Ifeoma Imani Ines Isak Jana Javier Joana Kai Karim "
    "Kateryna Kenji Lakshmi Lars Leila Liam Lucía Magnus Mai Marek Maya Mehmet Milan Mira Nadia "
    "Naoko Nia Noor Oskar Paloma Petra Priya Rafael Rosa Ruth Samir Selma Soo-jin Tariq Thandi "
    "Tomás Uma Vera Wei Yara Yusuf Zofia"
).split()
FAMILY = (
    "Abara Almeida Andersen Aydın Banerjee Boateng Castillo Chen Costa Dvořák Eriksen Farouk "
    "Fischer García Haddad Hoang Horvat Ibrahim Ivanova Jansen Kaya Kim Kowalska Laurent Lin "
    "Mbeki Moreau Nakamura Ndlovu Nguyen Novák Okafor Olsen Park Pereira Popescu Quispe Rahman "
    "Rossi Sato Schneider Silva Singh Szabó Tanaka Toure Usman Virtanen Weber Yılmaz Zhang"
).split()


def name_of(number: int) -> str:
    """The same for the same number; the first 3,400 all differ."""
    return f"{GIVEN[(number * 7 + number // 50) % len(GIVEN)]} {FAMILY[number % len(FAMILY)]}"
